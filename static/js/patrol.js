// A patrol goes out at once, or waits on this device with the time at which it was done. The list of
// what is to be patrolled brings its places along, so that they open in a cellar, too.
import { Outbox } from "./outbox.js";
import { keepOffline } from "./offline.js";
import { recordOf, sendOrKeep, tell } from "./whole-form.js";

const MOST = 12; // places kept for one person
const NO_KIND = "请选一类：是什么隐患。", NOTHING = "选了“其他”，请写一句是什么。";
const EMPTY = "还没有写隐患；没有发现的，请返回点“没有发现隐患”。";
const NO_NETWORK = "现在没有网络，还没有记下。您填的都还在，有网时再点一次。";
const form = document.querySelector("[data-patrol]");
const outbox = new Outbox("patrol");
let isBusy = false;

// What the server would refuse for certain is not kept for later.
function gap(data) {
  const slots = [...form.querySelectorAll("[data-slot]")].map(({ dataset: { slot } }) => ({
    kind: data.get(`${slot}-kind`), text: data.get(`${slot}-text`).trim(),
    more: data.get(`${slot}-where`).trim() || data.getAll(`${slot}-photos`).some((one) => one.size),
  }));
  if (slots.some(({ kind, text, more }) => !kind && (text || more))) return NO_KIND;
  if (slots.some(({ kind, text }) => kind === "other" && !text)) return NOTHING;
  return slots.length && !slots.some(({ kind }) => kind) ? EMPTY : "";
}

async function send(data) {
  data.set("done_at", new Date().toISOString());
  const { shown, sign } = form.dataset;
  const record = await recordOf(form, data, "patrol_id", { label: "排查", shown, sign });
  const { ok, told, isKept } = await sendOrKeep(outbox, record);
  if (ok) location.assign(told.url);
  else if (told) tell(told.message ?? "没有收下，请改好再记。");
  else if (!isKept) tell(NO_NETWORK);
  else {
    for (const part of document.querySelectorAll("[data-before]")) part.hidden = true;
    document.querySelector("[data-kept]").hidden = false;
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isBusy) return;
  const data = new FormData(form), missing = gap(data);
  tell(missing);
  if (missing) return;
  isBusy = true;
  await send(data).finally(() => { isBusy = false; });
});

for (const input of form?.querySelectorAll("[type=file]") ?? []) {
  const words = input.closest("label").querySelector("span");
  input.addEventListener("change", () => { words.textContent = input.files.length ? `已拍 ${input.files.length} 张，再拍一次会换掉` : "拍照"; });
}

const rows = [...document.querySelectorAll("a[data-offline]")].slice(0, MOST);
const also = rows.flatMap((row) => {
  const title = `排查 ${row.dataset.offline}`;
  return [{ path: row.pathname, title }, { path: `${row.pathname}findings/`, title: `${title}：发现了隐患` }];
});
if (form || document.querySelector("[data-patrols]")) keepOffline(also);
