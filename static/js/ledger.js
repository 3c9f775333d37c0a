// The ledger's selection: how many are ticked, the whole page at once, Escape lets go of it. Without
// this the ticks and the bar work all the same; the bar shows by CSS alone.
const bar = document.getElementById("bulk");
const every = document.querySelector("[data-tick-all]");
const ticks = () => [...document.querySelectorAll('input[name="pk"]')].filter((box) => box.offsetParent);

function tell() {
  const shown = ticks();
  const chosen = shown.filter((box) => box.checked).length;
  bar.querySelector("[data-chosen]").textContent = bar.elements.all?.checked ? "已选全部" : `已选 ${chosen} 条`;
  every.checked = chosen > 0 && chosen === shown.length;
  every.indeterminate = chosen > 0 && chosen < shown.length;
}

if (bar) {
  every.hidden = false;
  every.addEventListener("change", () => ticks().forEach((box) => { box.checked = every.checked; }));
  document.addEventListener("change", tell);
  bar.addEventListener("reset", () => setTimeout(tell));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && ticks().some((box) => box.checked)) bar.reset();
  });
  window.addEventListener("pageshow", tell); // the browser may have kept the ticks
}
