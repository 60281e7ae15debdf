// Opens a folded part of a row that holds something, so that nothing set is overlooked.
const isFilled = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value.trim() !== "");

for (const details of document.querySelectorAll(".inline-related:not(.empty-form) fieldset details")) {
  if ([...details.querySelectorAll("input, select, textarea")].some(isFilled)) details.open = true;
}
