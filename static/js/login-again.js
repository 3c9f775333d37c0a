// The session has ended: ask for the password of the same account in place, then go on.
import { back, end, freshSecret, isEnded, names, csrf, onEnd, person } from "./session.js";

const template = document.getElementById("again");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
const WORDS = {
  429: "连续输错 5 次，这个账号在这里锁定 15 分钟。填的内容还在本机，可以先离线接着填。",
  away: "连不上服务器，请稍后再试。填的内容还在本机。",
};
let dialog = null, putOff = false, unsent = null;

export async function ask(told = {}) {
  dialog ??= made();
  tell(told.error === "other" ? told.message : "");
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[name=password]").focus();
  const { count } = await import("./waiting.js");
  const left = await count();
  dialog.querySelector("[data-left]").textContent = left
    ? `${left} 项存在本机，登录后自动上传，并回到刚才的位置。` : "登录后接着刚才的位置填。";
}

function made() {
  const box = template.content.cloneNode(true).querySelector("dialog");
  document.body.append(box);
  box.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); logIn(event.target); });
  box.querySelector("[data-later]").addEventListener("click", () => box.close());
  box.addEventListener("close", () => {
    putOff = isEnded();
    box.querySelector("[name=password]").value = "";
  });
  return box;
}

async function logIn(form, again = true) {
  const button = form.querySelector("[data-go]");
  button.disabled = true;
  const response = await answer(form);
  const told = await response?.json().catch(() => ({})) ?? {};
  button.disabled = false;
  if (response?.ok && told.csrf) return done();
  if (told.error === "csrf" && again) { await freshSecret(); return logIn(form, false); }
  tell(told.message ?? WORDS[response?.status] ?? WORDS.away);
  form.querySelector("[name=password]").select();
}

function answer(form) {
  const { "X-Page-Person": _, ...headers } = names(); // another account may be logged in now
  return fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) }).catch(() => null);
}

function tell(message) {
  const note = dialog.querySelector("[data-wrong]");
  note.hidden = !message;
  note.querySelector(".note-body").textContent = message;
}

function done() {
  putOff = false;
  tabs?.postMessage(person);
  resume();
}

function resume() {
  back();
  dialog?.close();
  unsent?.requestSubmit();
  unsent = null;
}

if (template) {
  onEnd((told) => { if (!putOff) ask(told); });
  tabs?.addEventListener("message", ({ data }) => { if (data === person && isEnded()) resume(); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-log-in]")) ask(); });
  document.addEventListener("htmx:configRequest", ({ detail }) => { detail.headers["X-CSRFToken"] = csrf(); });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status !== 401) return;
    const form = detail.requestConfig.verb === "post" && detail.elt.closest("form");
    if (form) { unsent = form; putOff = false; }
    end(read(detail.xhr.responseText));
  });
}

function read(text) {
  try { return JSON.parse(text); } catch { return {}; }
}
