// Total, sums, progress, and what is still missing by name.
import { icon, why } from "./sheet-point.js";
import { wording } from "./sheet-kit.js";

const all = (selector) => document.querySelectorAll(selector);
const byId = (id) => document.getElementById(id);
const pointOf = (code) => document.querySelector(`.pt[data-code="${code}"]`);

export function showFigures(told) {
  if (told.total === undefined) return;
  for (const place of all("#total")) place.textContent = told.total;
  for (const place of all("[data-total]")) place.textContent = told.total;
  byId("answered").textContent = told.answered;
  for (const bar of all("#bar progress")) bar.value = told.answered;
  for (const item of told.items ?? (told.item ? [told.item] : [])) showItem(item);
  showResult(told);
  showSections(new Set(told.open));
  showMissing(told.open);
}

// Grade, counts and adjustments, of tables that have them.
function showResult({ grade = "", verdicts = "", adjustments = [] }) {
  byId("grade").textContent = grade;
  byId("verdicts").textContent = verdicts;
  const button = byId("adjusted");
  button.hidden = adjustments.length === 0;
  button.querySelector("span").textContent = adjustments.length;
  byId("adjustment-list").replaceChildren(...adjustments.map(adjustmentRow));
}

function adjustmentRow({ name, points }) {
  const row = document.createElement("li"), words = document.createElement("span"), sum = document.createElement("b");
  words.textContent = name;
  sum.textContent = points;
  row.append(words, sum);
  return row;
}

function showItem({ number, got, open }) {
  for (const place of all(`[data-got="${number}"]`)) {
    place.textContent = got || (place.tagName === "B" ? "未填" : "–");
  }
  const lack = document.querySelector(`[data-lack="${number}"]`);
  if (!lack) return;
  lack.textContent = `差 ${open} 点`;
  lack.hidden = open === 0;
}

function showSections(open) {
  for (const link of all(".steps a")) {
    const points = [...all(`tr[data-section="${link.dataset.section}"] .crit`)];
    const done = points.filter((point) => !open.has(point.dataset.code)).length;
    link.querySelector("b").textContent = `${done}/${points.length}`;
    link.classList.toggle("is-ok", done === points.length);
  }
}

function showMissing(open) {
  const left = open.length;
  byId("missing-count").textContent = left ? `还差 ${left} 项` : "已填完";
  byId("missing-h").textContent = left ? `还差 ${left} 项` : "评分表已填完";
  byId("next").firstElementChild.textContent = left ? "下一未填" : "去记录表";
  byId("next").href = left ? `#${pointOf(open[0]).id}` : document.querySelector(".bar-record").href;
  byId("missing-list").replaceChildren(...open.map(missingRow));
}

function missingRow(code) {
  const point = pointOf(code), row = document.createElement("li"), link = document.createElement("a");
  link.href = `#${point.id}`;
  link.innerHTML = `${icon("circle")}<span></span>${icon("chevron-right")}`;
  const text = link.querySelector("span"), lack = document.createElement("small");
  lack.textContent = point.dataset.filling ? `${point.dataset.filling}正在填` : why(point);
  text.append(`${code} ${wording(point)}`, lack);
  row.append(link);
  return row;
}
