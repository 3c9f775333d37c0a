// 未上传: what waits for its person's decision, what waits for the network, and a way to carry it out.
import { element, icon } from "./elements.js";
import { pack } from "./waiting-pack.js";
import { settle, typed } from "./outbox.js";
import { keepOffline } from "./offline.js";
import { onChange } from "./device.js";
import { mine } from "./photos.js";
import { isEnded, onBack, onEnd } from "./session.js";
import { clearedAt, countOfOthers, sendAll } from "./waiting.js";

const part = (id) => document.getElementById(id);
const SIZES = [[1 << 20, "MB"], [1 << 10, "KB"]];

function sized(bytes) {
  const [unit, name] = SIZES.find(([least]) => bytes >= least) ?? [1, "字节"];
  return `${unit === 1 ? bytes : (bytes / unit).toFixed(1)} ${name}`;
}

function row({ sign, title, about, act, page, state, mark, words, drop }) {
  const item = element("li", "q", icon(sign));
  item.append(element("span", "", element("b", "", title), element("small", "", about)));
  if (act) {
    const link = element("a", "tool", act);
    link.href = page;
    item.append(link);
  }
  item.append(element("span", `saved is-${state}`, icon(mark), words));
  if (drop) item.append(letGo(title, drop));
  return item;
}

// A form that the server refuses cannot be mended in its place: its person may let go of it.
function letGo(title, drop) {
  const button = element("button", "tool drop", "放弃");
  button.type = "button";
  button.setAttribute("aria-label", `放弃${title}`);
  button.addEventListener("click", () => {
    part("let-go").querySelector("[data-what]").textContent = title;
    part("drop").onclick = () => {
      part("let-go").close();
      part("empty").querySelector("h1").textContent = "没有要上传的了";
      part("empty").querySelector("p").textContent = "放弃的已从本机删掉；其他的，服务器都已收到并核对。";
      drop();
    };
    part("let-go").showModal();
  });
  return button;
}

const WAITS = () => ({ state: "local", mark: "phone", words: isEnded() ? "存本机，等登录" : "存本机，等网络" });

function rowOfTyped({ key, record }) {
  const { id, unit, label, shown, at, page, stale, message, form } = record;
  const title = shown && !stale ? `${label}：${shown}` : label;
  const base = { sign: record.sign ?? (record.entry ? "123" : record.form ? "exclamation-triangle" : "file-text"), title, about: `${unit} · ${at}`, page };
  if (stale) return { ...base, sign: "people", act: "去选", state: "conflict", mark: "people", words: `与${stale.theirs.name}填得不一样` };
  if (message) return { ...base, act: "去看", state: "error", mark: "exclamation-octagon", words: message, drop: form && (() => settle(key, id)) };
  return { ...base, ...WAITS() };
}

function rowOfPhoto({ name, unit, label, size, page, refused }) {
  const base = { sign: "image", title: name, about: `${label} · ${unit} · ${sized(size)}`, page };
  if (refused) return { ...base, act: "重拍", state: "error", mark: "exclamation-octagon", words: refused };
  return { ...base, ...WAITS() };
}

function list(id, heading, rows) {
  part(id).hidden = !rows.length;
  part(id).querySelector("h2").textContent = `${heading} ${rows.length} 项`;
  part(id).querySelector("ul").replaceChildren(...rows.map(row));
}

async function draw() {
  const rows = [...(await typed()).map(rowOfTyped), ...(await mine()).map(rowOfPhoto)];
  const others = await countOfOthers();
  list("yours", "要您处理", rows.filter((one) => one.act));
  list("ours", isEnded() ? "等登录" : "等网络", rows.filter((one) => !one.act));
  part("left").textContent = rows.length ? `本机还有 ${rows.length} 项` : "";
  part("acts").hidden = !rows.length;
  part("empty").hidden = rows.length > 0;
  part("banner").hidden = navigator.onLine;
  part("others").hidden = !others;
  part("others").querySelector(".note-body").textContent = `本机还有其他账号没有上传的 ${others} 项。请用那个账号登录后上传，不会以您的名义上传。`;
  for (const place of document.querySelectorAll("[data-cleared]")) place.textContent = cleared();
}

function cleared() {
  const at = clearedAt() && new Date(clearedAt());
  if (!at) return "";
  const today = at.toDateString() === new Date().toDateString();
  const hour = at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  return `上次全部上传：${today ? "今天" : at.toLocaleDateString("zh-CN")} ${hour}。`;
}

async function go() {
  part("retry").disabled = true;
  await sendAll();
  part("retry").disabled = false;
  await draw();
}

async function save() {
  const link = element("a", "");
  link.href = URL.createObjectURL(await pack());
  link.download = `未上传-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

part("retry").addEventListener("click", go);
part("export").addEventListener("click", save);
part("keep").addEventListener("click", () => part("let-go").close());
for (const event of ["online", "offline"]) addEventListener(event, draw);
addEventListener("online", go);
onChange(draw);
onEnd(draw);
onBack(go);
draw().then(go);
keepOffline();
