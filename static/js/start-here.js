// What is wider than a phone is opened where its present is, as data-start names it.
const box = document.querySelector("[data-start]");
const now = box?.querySelector(box.dataset.start);

if (now) {
  const [step, seen] = [now, box].map((part) => part.getBoundingClientRect());
  box.scrollLeft += step.left + step.width / 2 - seen.left - seen.width / 2;
}
