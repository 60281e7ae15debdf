// Opens what is folded while a page is printed, for browsers whose CSS cannot (::details-content).
let opened = [];

addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const folded of opened) folded.open = true;
});
addEventListener("afterprint", () => {
  for (const folded of opened) folded.open = false;
});
