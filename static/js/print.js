// [data-print]: the page on paper. Without scripts the browser's own menu does it, and no button shows.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
