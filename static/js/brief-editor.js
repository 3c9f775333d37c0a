// The editor of a report. Without script one button saves every chapter; here each is sent by itself
// a moment after the last key, one request after the other. What somebody else saved first is
// refused, and the whole page is sent, so that both texts come back beside each other.
import { isEnded, onBack, post } from "./session.js";

const PAUSE = 1200;
const form = document.getElementById("brief"), state = document.getElementById("state");
const waiting = new Map();
let isHeadTyped = false; // title and 公文要素 go with the whole page
let queue = Promise.resolve();

const fields = (pk) => ["heading", "text", "version", "print"].map((name) => form.elements[`${name}-${pk}`]);
const say = (words) => { state.textContent = words; };

function note(pk) {
  const [heading, text] = fields(pk), number = form.querySelector(`[data-chapter="${pk}"] > header > b`);
  const count = (field) => field.value.trim().length;
  form.querySelector(`[data-outline="${pk}"]`).textContent = `${number?.textContent ?? ""}${heading.value || "引言"}`;
  form.querySelector(`[data-count="${pk}"]`).textContent = `${count(text)} 字`;
  const texts = [...form.querySelectorAll("textarea[name^=text-]")];
  document.getElementById("total").textContent = texts.reduce((sum, field) => sum + count(field), 0);
}

async function send(pk) {
  const parts = fields(pk), body = new FormData();
  for (const field of parts) body.append(field.name, field.value);
  const sent = parts.slice(0, 2).map((field) => field.value);
  say("正在保存…");
  const { ok, told } = await post(form.dataset.save, body);
  if (!ok) return refused(told);
  const [heading, text, version, print] = parts, saved = told.saved[pk];
  if (saved) [version.value, print.value] = [saved.version, saved.print];
  if (heading.value === sent[0] && text.value === sent[1]) waiting.delete(pk);
  form.querySelector(`[data-chapter="${pk}"] [data-saved]`).textContent = `${told.at} 已存下`;
  say(waiting.size ? "正在保存…" : `${told.at} 已存下`);
}

function refused(told) {
  if (told.saved || told.error) { waiting.clear(); form.requestSubmit(); }
  else say("没有存下，请按“存下”。");
}

function soon(pk, after) {
  clearTimeout(waiting.get(pk));
  waiting.set(pk, setTimeout(() => line(pk), after));
  say("还没有存…");
}

function line(pk) {
  if (isEnded()) return;
  queue = queue.then(() => waiting.has(pk) && send(pk)).catch(() => say("连不上服务器，写的都还在；连上后再改一处就会存。"));
}

const chapterOf = (target) => target.closest?.("[data-chapter]")?.dataset.chapter;

document.addEventListener("input", ({ target }) => {
  const pk = chapterOf(target);
  if (target.closest?.("[data-head]")) { isHeadTyped = true; say("还没有存，请按“存下”。"); }
  if (!pk) return;
  note(pk);
  soon(pk, PAUSE);
});
document.addEventListener("change", ({ target }) => { if (chapterOf(target)) soon(chapterOf(target), 0); });
onBack(() => { for (const pk of waiting.keys()) soon(pk, 0); });

// A button sends the whole page, with what has not been saved yet.
form.addEventListener("submit", () => {
  for (const timer of waiting.values()) clearTimeout(timer);
  waiting.clear();
  isHeadTyped = false;
});
addEventListener("beforeunload", (event) => { if (waiting.size || isHeadTyped) event.preventDefault(); });
