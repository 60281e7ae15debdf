// Live preview of hours: sends the form as it stands to the address in data-hours-preview and
// shows the answer. The last answer stays until the next is there.
const WAIT = 500;
// Calendars and clocks of the admin fill in fields without an event: the focus tells.
const EVENTS = ["input", "change", "focusin", "focusout", "formset:added", "formset:removed"];

const preview = document.querySelector("[data-hours-preview]");
const form = preview?.closest("form");

if (form) {
  const content = () => new URLSearchParams(new FormData(form)).toString();
  let shown = content();
  let timer;
  let request;

  const refresh = async () => {
    const body = content();
    if (body === shown) return;
    shown = body;
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const response = await fetch(preview.dataset.hoursPreview, { method: "POST", body, headers, signal });
      // Who is logged out meanwhile is led to another page.
      const isAnswer = response.ok && !response.redirected;
      const answer = isAnswer ? await response.text() : null;
      if (answer !== null) preview.querySelector(".hours-preview__body").innerHTML = answer;
      preview.querySelector(".hours-preview__stale").hidden = isAnswer;
    } catch {
      if (!signal.aborted) preview.querySelector(".hours-preview__stale").hidden = false;
    }
  };

  for (const type of EVENTS) {
    document.addEventListener(type, () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, WAIT);
    });
  }
}
