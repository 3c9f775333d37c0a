// Two values for one point: both side by side, one tap to choose, none preferred.
export function offer(point, told, choose) {
  const panel = document.getElementById("versus").content.cloneNode(true);
  const full = point.dataset.full;
  for (const place of panel.querySelectorAll("[data-their-name]")) place.textContent = told.theirs.name;
  for (const side of ["mine", "theirs"]) {
    const said = told[side];
    panel.querySelector(`[data-at="${side}"]`).textContent = said.at;
    panel.querySelector(`[data-num="${side}"]`).replaceChildren(...shown(said, full));
    panel.querySelector(`[data-reason="${side}"]`).textContent = said.reason || "没有写原因。";
  }
  const box = point.querySelector('[data-live="versus"]');
  box.replaceChildren(panel);
  for (const button of box.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => { box.replaceChildren(); choose(button.dataset.choose); });
  }
}

function shown(said, full) {
  if (said.not_applicable) return ["不适用"];
  if (said.judged) return [said.judged];
  const of = document.createElement("i");
  of.textContent = ` / ${full} 分`;
  return said.points === null ? ["清空"] : [said.points, of];
}
