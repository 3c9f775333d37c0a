// The box in the head ticks every paper of the page; without script each is ticked by itself.
const all = document.querySelector("[data-pick-all]");
const picks = [...document.querySelectorAll("[name=pick]")];

if (all && picks.length) {
  all.hidden = false;
  all.addEventListener("change", () => picks.forEach((pick) => { pick.checked = all.checked; }));
  document.addEventListener("change", ({ target }) => {
    if (target.name === "pick") all.checked = picks.every((pick) => pick.checked);
  });
}
