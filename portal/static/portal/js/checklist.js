// Remembers the ticks of a checklist on the reader's device; nothing is sent anywhere.
for (const list of document.querySelectorAll("[data-checklist]")) {
  const key = `checklist:${list.dataset.checklist}`;
  const boxes = [...list.querySelectorAll("[data-check]")];
  try {
    const ticked = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
    for (const box of boxes) box.checked = ticked.has(box.dataset.check);
  } catch {
    // Storage is forbidden or holds nonsense: the list still works, it only forgets.
  }
  list.addEventListener("change", () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.check);
    try {
      if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
      else localStorage.removeItem(key);
    } catch {
      // See above.
    }
  });
}
