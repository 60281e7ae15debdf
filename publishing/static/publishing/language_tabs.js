// Language tabs: shows the translated fields of a form one language at a time.
// Fields of django-modeltranslation carry the class mt-field-<name>-<language>.
const LANGUAGE = /(?:^|\s)mt-field-\S+-([a-z]{2})(?:\s|$)/;

function translatedRows(root) {
  return [...root.querySelectorAll(".mt")].flatMap((field) => {
    const language = LANGUAGE.exec(field.className)?.[1];
    const row = field.closest(".fieldBox, .form-row, td");
    return language && row ? [{ field, row, language }] : [];
  });
}

function start() {
  const form = document.querySelector("#content-main form");
  const names = JSON.parse(document.getElementById("portal-languages")?.textContent ?? "null");
  if (!form || !names || !translatedRows(form).length) return;

  const bar = document.createElement("div");
  bar.className = "language-tabs";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", names.label);
  const buttons = [...names.languages, ["all", names.all]].map(([code, name]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    if (code !== "all") button.lang = code;
    button.dataset.language = code;
    button.addEventListener("click", () => show(code));
    bar.append(button);
    return button;
  });

  function show(chosen) {
    for (const { row, language } of translatedRows(form)) {
      row.classList.toggle("language-tabs__hidden", chosen !== "all" && language !== chosen);
    }
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
    }
    current = chosen;
  }

  let current = names.source;
  const faulty = translatedRows(form).find(({ row }) => row.matches(".errors") || row.querySelector(".errorlist"));
  for (const { row, language } of translatedRows(form)) {
    if (row.matches(".errors") || row.querySelector(".errorlist")) {
      buttons.find((button) => button.dataset.language === language)?.classList.add("language-tabs__error");
    }
  }
  form.prepend(bar);
  // Whoever was refused sees all that changed meanwhile.
  show(form.querySelector(".refusal") ? "all" : faulty?.language ?? current);
  document.addEventListener("formset:added", () => show(current));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
