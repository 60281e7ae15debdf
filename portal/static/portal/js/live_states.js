// A page that is left open fetches its own states anew when the next one changes.
const due = () => document.querySelector('meta[name="fresh-until"]');

let fetchedAt = Date.now();
// What time it was by the server's clock; where a browser does not tell, the device's must do.
const clock = performance
  .getEntriesByType("navigation")[0]
  ?.serverTiming?.find((entry) => entry.name === "clock");
let servedAt = Date.parse(clock?.description) || fetchedAt;
let timer;

// By the difference of two readings of the device's clock, so that it may be wrong. But a page from
// a cache was old when it came, so the clock itself counts where it leaves less time: if it is
// wrong, that costs one early fetch, after which that time is past.
const millisecondsLeft = () => {
  const freshUntil = Date.parse(due().content);
  const left = fetchedAt + freshUntil - servedAt - Date.now();
  const byClock = freshUntil - Date.now();
  return byClock > 0 && byClock < left ? byClock : left;
};

// Only the outermost: what lies within comes with it.
const liveParts = (root) =>
  [...root.querySelectorAll("[data-live]")].filter(
    (part) => !part.parentElement.closest("[data-live]"),
  );

function swap(part, other) {
  const href = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  part.replaceWith(other);
  // Whoever walks by keyboard stays where they were.
  if (href) other.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
}

async function refresh() {
  const started = Date.now();
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok) throw new Error(response.statusText);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    // What words.js said of the links that it opens is no difference.
    if (document.querySelector("a[data-term][aria-haspopup]"))
      for (const link of fresh.querySelectorAll("a[data-term]")) link.ariaHasPopup = "dialog";
    for (const part of liveParts(document)) {
      const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      if (other && other.outerHTML !== part.outerHTML) swap(part, document.importNode(other, true));
    }
    const meta = fresh.querySelector('meta[name="fresh-until"]');
    if (meta) due().replaceWith(document.importNode(meta, true));
    fetchedAt = started;
    servedAt = Date.parse(response.headers.get("Date")) || started;
    schedule();
  } catch {
    // Offline in a queue: try again in half a minute; the page as it is stays readable.
    timer = setTimeout(refresh, 30_000);
  }
}

function schedule() {
  clearTimeout(timer);
  // A second late rather than early; a browser's longest timer is 24 days, midnight comes first.
  timer = setTimeout(refresh, Math.max(0, millisecondsLeft()) + 1000);
}

// A phone that slept, or a page that came back from the browser's memory, has missed its timer.
const wake = () => {
  if (document.visibilityState === "visible") schedule();
};
document.addEventListener("visibilitychange", wake);
addEventListener("pageshow", wake);
schedule();
