// Each text of the record saves itself within two seconds, says so, and is never lost.
// One save is in flight at a time; it carries an id and the version it started from, and stays
// on this device until the server has confirmed it.
import { element, icon } from "./elements.js";
import { keepOffline } from "./offline.js";
import { Outbox, clock, mint } from "./outbox.js";
import { NoAnswer, isEnded, onBack, onEnd, post } from "./session.js";

const PAUSE = 900;
const RETRY = [2000, 5000, 15000, 30000];
// What the list of everything that waits says of a text, and where it leads.
function about(form) {
  const [unit, paper] = [...document.querySelectorAll(".appbar-title > *")].map((part) => part.textContent);
  const label = `${paper.split(" ")[0]} ${form.querySelector("textarea").getAttribute("aria-label")}`;
  return { unit, label, page: `${location.pathname}#${form.closest("[id]").id}` };
}

function logIn() {
  const button = element("button", "tool tool-sm", "重新登录");
  button.type = "button";
  button.dataset.logIn = "";
  return button;
}

class TextBox {
  constructor(form) {
    this.form = form;
    [, this.place, this.field] = form.dataset.autosave.match(/^(.*):([^:]+)$/);
    this.outbox = new Outbox(`text:${this.place}`);
    this.area = form.querySelector("textarea");
    this.state = form.querySelector("[data-state]");
    this.error = form.querySelector("[data-error]");
    this.versus = form.querySelector("[data-versus]");
    this.base = Number(form.elements.base.value);
    this.confirmed = this.area.value;
    this.tries = 0; // of sending, since the last answer
    form.classList.add("is-live");
    this.area.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter?.formAction ?? form.action);
    });
    window.addEventListener("online", () => this.dirty && this.send());
    onBack(() => this.dirty && this.send());
    onEnd(() => this.dirty && this.unreachable());
    this.count();
    this.outbox.load().then(() => this.restore());
  }

  get dirty() {
    return this.area.value !== this.confirmed;
  }

  count() {
    const length = [...this.area.value].length;
    this.form.querySelector("[data-count]").textContent = length ? `${length} 字` : "";
  }

  show(kind, name, text) {
    this.state.className = `saved ${kind}`;
    const mark = name === "spin" ? element("span", "spin") : icon(name);
    this.state.replaceChildren(mark, element("span", "", text));
  }

  fail(message) {
    this.error.hidden = !message;
    this.error.querySelector("span").textContent = message;
  }

  changed() {
    this.count();
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  // The id goes with the content: the same text again, from another tab or day, is the same save.
  keep() {
    const text = this.area.value;
    if (!this.dirty) return this.outbox.drop(this.field);
    const kept = this.outbox.get(this.field);
    if (kept?.text === text && kept.base === this.base) return undefined;
    return this.outbox.put(this.field, {
      id: mint(), base: this.base, text, at: clock(), url: this.form.action, ...about(this.form),
    });
  }

  restore() {
    const kept = this.outbox.get(this.field);
    if (!kept || kept.text === this.area.value) return this.outbox.drop(this.field);
    this.area.value = kept.text;
    this.base = kept.base;
    this.changed();
  }

  async send(address) {
    if (this.busy && address) this.queued = address;
    if (this.busy || !(this.dirty || address) || !this.versus.hidden) return;
    if (isEnded()) return this.unreachable();
    this.keep();
    const kept = this.outbox.get(this.field);
    const sent = address || !kept ? { id: mint(), base: this.base, text: this.area.value, instead: kept?.id } : kept;
    this.busy = true;
    this.show("", "spin", "正在保存…");
    try {
      this.answered(sent, await post(address ?? this.form.action, this.filled(sent)));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.unreachable();
    } finally {
      this.busy = false;
    }
    const next = this.queued;
    this.queued = null;
    if (next) this.send(next);
  }

  filled(sent) {
    const body = new FormData(this.form);
    for (const name of ["id", "base", "text"]) body.set(name, sent[name]);
    return body;
  }

  answered(sent, { ok, told }) {
    this.tries = 0;
    if (ok) return this.accepted(sent, told);
    const kept = this.outbox.get(this.field);
    const mark = told.error === "stale" ? { stale: told } : { held: true, message: told.message };
    if (kept?.id === sent.id) this.outbox.put(this.field, { ...kept, ...mark });
    if (told.error === "stale") return this.conflict(told);
    this.show("is-error", "exclamation-octagon", "没存上");
    return this.fail(told.message);
  }

  accepted(sent, body) {
    this.base = body.version;
    this.form.elements.base.value = body.version;
    if (this.area.value === sent.text) this.area.value = body.text;
    this.confirmed = body.text;
    this.count();
    this.fail("");
    for (const id of [sent.id, sent.instead]) this.outbox.confirm(this.field, id);
    if (this.dirty) return this.changed();
    this.show("is-ok", "check-lg", `${body.at} ${body.by}`);
  }

  unreachable() {
    this.show("is-local", "phone", isEnded() ? "已存本机，登录后自动上传" : "已存本机，联网后自动上传");
    if (isEnded()) this.state.append(logIn());
    const wait = RETRY[Math.min(this.tries++, RETRY.length - 1)];
    clearTimeout(this.timer);
    if (!isEnded()) this.timer = setTimeout(() => this.send(), wait);
  }

  conflict(body) {
    this.show("is-conflict", "people", "两人写得不一样");
    const side = (name, at, text, label, choose) => {
      const button = element("button", "btn btn-outline-secondary", label);
      button.type = "button";
      button.addEventListener("click", choose);
      return element("div", "side", element("b", "", name), element("small", "", at), element("p", "", text), button);
    };
    const { mine, theirs } = body;
    const note = element("p", "saved is-conflict mt-2", icon("people"), body.message);
    const sides = element(
      "div",
      "versus",
      side("我写的", "", mine.text, "用我的", () => this.choose(body.version, mine.text, theirs.text)),
      side(`${theirs.name} 写的`, theirs.at, theirs.text, `用${theirs.name}的`, () =>
        this.choose(body.version, theirs.text, theirs.text),
      ),
    );
    this.versus.replaceChildren(note, sides);
    this.versus.hidden = false;
  }

  choose(version, text, theirs) {
    this.versus.hidden = true;
    this.base = version;
    this.confirmed = theirs;
    this.area.value = text;
    this.count();
    this.keep();
    if (this.dirty) this.send();
    else this.show("is-ok", "check-lg", "已用对方的");
  }
}

const forms = document.querySelectorAll("form[data-autosave]");
for (const form of forms) new TextBox(form);
if (forms.length) keepOffline();

// A link to a place inside a folded part opens that part.
function unfold() {
  document.querySelector(location.hash || "#none")?.querySelector("details.rec-written")?.setAttribute("open", "");
}
addEventListener("hashchange", unfold);
unfold();
