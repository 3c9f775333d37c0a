// The photos and files of one point: kept on the device first, shown as waiting, then sent.
import { icon } from "./sheet-point.js";
import { NoRoom, drop, keep, mine, onlyInPage } from "./photos.js";
import { onChange } from "./device.js";
import { sendPhotos } from "./photo-sender.js";

const NO_ROOM = "这台设备存不下了，照片只在这一页里。请不要关闭本页，有网络时会马上上传；清理空间后再拍。";
const shown = new Map(); // id → figure

export async function take(input, about) {
  const file = input.files[0];
  if (!file) return;
  try {
    await keep(file, { ...about, url: input.dataset.upload });
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
  }
  input.value = "";
  await sendPhotos();
}

// Draw what waits at its points, and send it; ``arrived`` is told of points whose photos the server now has.
export function watch(form, arrived) {
  let turn = Promise.resolve();
  const again = () => { turn = turn.then(() => draw(form, arrived)); };
  onChange(again, "files");
  again();
  sendPhotos();
}

async function draw(form, arrived) {
  const records = await mine(), inputs = new Map();
  for (const input of form.querySelectorAll("[data-upload]")) inputs.set(input.dataset.upload, input);
  for (const record of records) {
    const input = inputs.get(record.url);
    if (input) place(input.closest(".strip"), record);
  }
  const there = new Set(records.map((record) => record.id));
  const gone = [...shown].filter(([id]) => !there.has(id));
  await Promise.all(gone.map(async ([id, figure]) => {
    shown.delete(id);
    face(figure, "is-ok", "check-lg", "已上传");
    await arrived(figure.closest(".crit"));
    const strip = figure.closest(".strip");
    URL.revokeObjectURL(figure.dataset.blob);
    figure.remove();
    mark(strip);
  }));
}

function place(strip, record) {
  const figure = shown.get(record.id) ?? made(record);
  if (!shown.has(record.id)) strip.querySelector(".thumb-add").before(figure);
  shown.set(record.id, figure);
  const bad = record.refused || onlyInPage(record.id);
  figure.dataset.at = record.at;
  if (bad) face(figure, "is-error", "exclamation-octagon", record.refused ? "没收下" : "未存");
  else face(figure, "is-local", "phone", "存本机");
  figure.querySelector("button").hidden = !record.refused;
  mark(strip);
  tell(strip);
  if (record.refused) tell(strip, `${record.name}：${record.refused}`);
  else if (bad) tell(strip, NO_ROOM);
}

function face(figure, state, sign, words) {
  figure.querySelector("mark").className = state;
  figure.querySelector("mark").innerHTML = icon(sign);
  figure.querySelector("figcaption").textContent = `${figure.dataset.at} ${words}`;
}

function made(record) {
  const figure = document.createElement("figure");
  figure.className = "thumb is-waiting";
  figure.innerHTML = `<mark></mark><figcaption></figcaption><button type="button" class="tool tool-sm" data-drop>删掉</button>`;
  figure.dataset.blob = URL.createObjectURL(record.blob);
  const image = new Image(76, 76);
  image.alt = `${record.name}，还没有上传`;
  image.addEventListener("error", () => image.replaceWith(document_(record.name)));
  image.src = figure.dataset.blob;
  figure.prepend(image);
  figure.querySelector("button").addEventListener("click", () => drop(record.id));
  return figure;
}

// What this browser cannot draw: a PDF, a HEIC photo.
function document_(name) {
  const box = document.createElement("span");
  box.className = "thumb-doc";
  box.innerHTML = icon("image");
  box.append(name.slice(0, 8));
  return box;
}

export function mark(strip) {
  const waits = strip.querySelector(".is-waiting") !== null;
  strip.classList.toggle("has-waiting", waits);
  if (!waits) tell(strip);
}

function tell(strip, words = "") {
  let line = strip.parentElement.querySelector(".strip-told");
  if (!line && !words) return;
  if (!line) {
    line = document.createElement("p");
    line.className = "strip-told";
    line.setAttribute("role", "alert");
    strip.after(line);
  }
  line.textContent = words;
  line.hidden = !words;
}
