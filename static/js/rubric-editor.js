// The editor of a scoring table. Without script every button works and brings a whole page; here a
// changed field is sent by itself, one request after the other, and of the page that comes back
// only what has changed is taken over: what is being typed stays, and so does the focus.
import { csrf, end, onBack, onEnd, person } from "./session.js";

const LIVE = ["editor-head", "editor-told", "tree", "paper", "editor-state", "undo-form"];
const HERE = ["at", "anchor", "seen"];
let queue = Promise.resolve(), busy = 0, isPressed = false, stopped = false, kept = null;

const root = () => document.getElementById("editor");
const find = (id) => document.getElementById(id);

// --- sending -----------------------------------------------------------------------------------

// Behind a save that was refused nothing else is done, but for the next save of what is typed.
function line(job, isSave = false) {
  if (!busy) stopped = false;
  count(1);
  queue = queue.then(() => (stopped && !isSave ? null : job())).catch(() => {
    stopped = true;
    say("连不上服务器，没有保存。填的都还在，连上后再改一格就会保存。");
  }).finally(() => count(-1));
  return queue;
}

function count(step) {
  busy += step;
  root().setAttribute("aria-busy", String(busy > 0));
}

// A page of ours with an editor in it, or null; an ended session asks for the password in place.
async function ask(url, options = {}) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrf(), "X-Page-Person": person };
  const response = await fetch(url, { ...options, headers });
  if (response.status === 401) { end(await response.json().catch(() => ({}))); return null; }
  const made = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!made.getElementById("editor")) {
    if (response.ok) location.assign(response.url);
    else say("没有保存，请刷新这一页再看。");
    return null;
  }
  return { made, ok: response.ok, status: response.status, url: response.url };
}

async function send(form, button, { whole }) {
  const body = new FormData(form, button);
  if (whole) hold(true); // what is typed from here on would go into the wrong place
  say("正在保存…");
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const answer = await ask(url, { method: "POST", body, keepalive: true }).finally(() => hold(false));
  if (!answer) { stopped = true; kept = form; return; }
  stopped = !answer.ok;
  if (answer.status === 422 && !whole) return say(`还没有保存：${fault(answer.made)}`);
  take(answer, whole || !answer.ok, form, body);
  if (!answer.ok) document.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
  else if (button?.hasAttribute("data-adds")) begin();
  else if (button?.hasAttribute("data-kind") && find("part-form").checkValidity()) save(find("part-form"));
}

function hold(isHeld) {
  for (const field of find("part-form").elements) field.readOnly = isHeld;
}

// --- taking over what came back ----------------------------------------------------------------

// A form that has left the page meanwhile (another part was opened) has been saved all the same.
function take({ made, url }, whole, form, body) {
  const focus = document.activeElement?.id, scroll = find("tree").scrollTop, isOpen = find("mismatches")?.open;
  const isHere = whole || form.isConnected;
  if (whole) swap("editor", made);
  else {
    LIVE.filter((id) => isHere || id !== "tree").forEach((id) => swap(id, made));
    for (const one of root().querySelectorAll("form")) bring(one, made, isHere ? HERE : ["seen"]);
    if (isHere) for (const field of form.elements) settle(field, made, body.get(field.name));
  }
  find("tree").scrollTop = scroll;
  if (isOpen && find("mismatches")) find("mismatches").open = true;
  if (focus && document.activeElement?.id !== focus) find(focus)?.focus({ preventScroll: true });
  if (isHere && url.includes("?at=")) history.replaceState(null, "", url);
  reveal();
}

function swap(id, made) {
  const fresh = made.getElementById(id);
  if (fresh) find(id).replaceWith(document.adoptNode(fresh));
}

// The hidden fields say where the page now stands.
function bring(form, made, names) {
  const said = made.getElementById("part-form").elements;
  for (const name of names) if (form.elements[name]) form.elements[name].value = said[name].value;
}

// What was sent is saved: another wording of it is shown, unless the field says more by now.
function settle(field, made, sent) {
  if (sent !== null) field.dataset.sent = sent;
  const fresh = field.id && made.getElementById(field.id);
  field.parentElement.querySelectorAll(":scope > .rb-error").forEach((error) => error.remove());
  if (!fresh || field === document.activeElement) return;
  if (field.type === "checkbox") field.checked = fresh.checked;
  else if (field.value === sent) field.value = fresh.value;
}

function reveal() {
  const row = document.querySelector("#tree [aria-current]");
  const box = find("tree");
  if (row && (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)) {
    box.scrollTop = row.offsetTop - box.clientHeight / 3;
  }
}

// What is wrong with a row that is still being filled in is told below, not over what is typed.
function fault(made) {
  return made.querySelector(".rb-error")?.textContent ?? "请看标出的地方。";
}

// A new part: its wording is selected, so that typing replaces it.
function begin() {
  const field = find("id_text") ?? find("id_name") ?? find("id_heading");
  field?.focus();
  field?.select();
}

function say(words) {
  const state = document.createElement("span");
  state.className = words.startsWith("正在") ? "dk-st plain" : "dk-st warn plain";
  state.textContent = words;
  find("editor-state").replaceChildren(state);
}

// --- what a person does ------------------------------------------------------------------------

const isClean = (field) => field.type === "hidden" || field.type === "checkbox"
  || field.tagName === "SELECT" || field.tagName === "BUTTON" || field.value === (field.dataset.sent ?? field.defaultValue);
const isDirty = () => ![...find("part-form").elements].every(isClean);

function save(form) {
  if (!form.checkValidity()) { say("还没有保存：把必须填的格填好；按 Esc 放弃。"); return false; }
  line(() => send(form, null, { whole: false }), true);
  return true;
}

// What was typed is saved before another part takes its place; a second press waits for the first.
function first(form) {
  return form === find("part-form") || !isDirty() || save(find("part-form"));
}

function press(button) {
  if (isPressed || !first(button.form)) return;
  isPressed = true;
  line(() => send(button.form, button, { whole: true })).finally(() => { isPressed = false; });
}

document.addEventListener("change", ({ target }) => {
  if (target.name === "kind") press(find("try"));
  else if (target.form?.hasAttribute("data-autosave")) save(target.form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#editor")) return;
  event.preventDefault();
  press(event.submitter ?? event.target.querySelector("button"));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (first()) go(link.href);
});

function go(address) {
  line(async () => {
    const answer = await ask(address.split("#")[0]);
    if (!answer) return;
    take(answer, true);
    const part = find("part").getBoundingClientRect();
    if (part.top < 0 || part.top > innerHeight / 2) find("part").scrollIntoView();
  });
}

function isMeantForText(event) {
  const field = event.target;
  return field.matches("input:not([type=checkbox]), textarea") && !isClean(field);
}

function key(event) {
  const keys = [event.ctrlKey && "ctrl", event.altKey && "alt", event.key.toLowerCase()];
  return keys.filter(Boolean).join("+");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const pressedKey = key(event);
  if (pressedKey === "ctrl+z" && !event.shiftKey && !isMeantForText(event)) {
    event.preventDefault(); // the browser would undo in another field
    return use(find("undo"), event);
  }
  if (pressedKey === "enter" && !event.shiftKey && event.target.closest("#part-form") && event.target.matches("input, textarea[name=text]")) {
    return use(find("next") ?? find("save"), event);
  }
  if (pressedKey === "escape" && event.target.closest("#part-form")) return go(location.href);
  if (event.ctrlKey || event.altKey) use(document.querySelector(`[data-key="${CSS.escape(pressedKey)}"]`), event);
});

function use(button, event) {
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
}

addEventListener("beforeunload", (event) => { if (busy || isDirty()) event.preventDefault(); });
onEnd(() => say("登录已过期，没有保存。填的都还在，登录后接着保存。"));
onBack(() => { if (kept?.isConnected) save(kept); kept = null; });
reveal();
