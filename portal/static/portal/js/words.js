// A word of the glossary is explained where it stands: the link opens the entry from the list at
// the end of the page in a popover. Without popovers the link leads to the word's own page.
const template = document.getElementById("explanation");

if (template && "popover" in HTMLElement.prototype) {
  const box = template.content.firstElementChild.cloneNode(true);
  template.after(box);
  const [name, text] = [box.querySelector("#explained"), box.querySelector("#explanation-text")];
  const more = box.querySelector(".explanation__more a");
  let opener;

  // A part of the page that was fetched anew has another link in its place.
  const present = (link) =>
    link.isConnected ? link : (document.querySelector(`a.term[href="${CSS.escape(link.getAttribute("href"))}"]`) ?? link);

  function fill(entry, link) {
    name.replaceChildren(...entry.querySelector("dt").cloneNode(true).childNodes);
    // The headword is a link in the list; here the link is the one below.
    const headword = name.querySelector("a");
    const plain = document.createElement("span");
    if (headword.lang) plain.lang = headword.lang;
    plain.append(...headword.childNodes);
    headword.replaceWith(plain);
    text.replaceChildren(...entry.querySelector("dd").cloneNode(true).childNodes);
    more.href = link.href;
  }

  // Below the word, or above it, and within the window; narrow screens have it at the bottom, by
  // the style sheet.
  function place(link) {
    const word = link.getClientRects()[0];
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    const lowest = innerHeight - height - 8;
    const below = word.bottom + 4;
    const top = below <= lowest ? below : Math.min(word.top - height - 4, lowest);
    const left = Math.min(word.left, document.documentElement.clientWidth - width - 8);
    box.style.setProperty("--x", `${Math.max(8, left) + scrollX}px`);
    box.style.setProperty("--y", `${Math.max(8, top) + scrollY}px`);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-term]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    const entry = document.querySelector(`[data-entry="${CSS.escape(link.dataset.term)}"]`);
    if (!entry) return;
    event.preventDefault();
    opener = link;
    fill(entry, link);
    box.showPopover();
    place(link);
    box.focus({ preventScroll: true });
  });

  // Escape and the button give the focus back; a tap elsewhere has put it where it should be.
  box.addEventListener("toggle", (event) => {
    const isLost = document.activeElement === document.body || box.contains(document.activeElement);
    if (event.newState === "closed" && isLost) present(opener).focus({ preventScroll: true });
  });

  // Whoever walks on behind it does not want it over the page.
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== opener && !box.contains(relatedTarget)) box.hidePopover();
  });

  // Said to assistive technology only where it is true.
  for (const link of document.querySelectorAll("a[data-term]")) link.ariaHasPopup = "dialog";
}
