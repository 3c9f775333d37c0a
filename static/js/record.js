// Each text of the record saves itself within two seconds, says so, and is never lost.
// One save is in flight at a time; it carries an id and the version it started from, and stays
// on this device until the server has confirmed it.
const PAUSE = 900;
const RETRY = [2000, 5000, 15000, 30000];
const SPRITE = document.querySelector("svg.bi use")?.getAttribute("href").split("#")[0];

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "i bi");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function element(tag, classes, ...children) {
  const made = document.createElement(tag);
  made.className = classes;
  made.append(...children);
  return made;
}

class TextBox {
  constructor(form) {
    this.form = form;
    this.key = `text:${form.dataset.autosave}`;
    this.area = form.querySelector("textarea");
    this.state = form.querySelector("[data-state]");
    this.error = form.querySelector("[data-error]");
    this.versus = form.querySelector("[data-versus]");
    this.base = Number(form.elements.base.value);
    this.confirmed = this.area.value;
    this.tries = 0;
    form.classList.add("is-live");
    this.area.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter?.formAction ?? form.action);
    });
    window.addEventListener("online", () => this.dirty && this.send());
    this.count();
    this.restore();
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

  keep() {
    try {
      if (this.dirty) {
        localStorage.setItem(this.key, JSON.stringify({ base: this.base, text: this.area.value }));
      } else {
        localStorage.removeItem(this.key);
      }
    } catch {
      // storage is full or forbidden: the text is still on the page and on its way
    }
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!kept || kept.text === this.area.value) return this.keep();
    this.area.value = kept.text;
    this.base = kept.base;
    this.changed();
  }

  async send(address) {
    if (this.busy && address) this.queued = address;
    if (this.busy || !(this.dirty || address) || !this.versus.hidden) return;
    if (address || this.pending?.text !== this.area.value || this.pending?.base !== this.base) {
      this.pending = { id: uuid(), base: this.base, text: this.area.value };
    }
    this.busy = true;
    this.show("", "spin", "正在保存…");
    try {
      this.answered(this.pending, await this.post(this.pending, address ?? this.form.action));
    } catch {
      this.unreachable();
    } finally {
      this.busy = false;
    }
    const next = this.queued;
    this.queued = null;
    if (next) this.send(next);
  }

  async post(sent, address) {
    const body = new FormData(this.form);
    for (const name of ["id", "base", "text"]) body.set(name, sent[name]);
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? await response.json() : null };
  }

  answered(sent, { status, body }) {
    if (!body) return this.unreachable(status === 200 ? "登录已过期，请重新登录" : undefined);
    this.tries = 0;
    this.pending = null;
    if (status === 200) return this.accepted(sent, body);
    if (body.error === "stale") return this.conflict(body);
    this.show("is-error", "exclamation-octagon", "没存上");
    this.fail(body.message);
  }

  accepted(sent, body) {
    this.base = body.version;
    this.form.elements.base.value = body.version;
    if (this.area.value === sent.text) this.area.value = body.text;
    this.confirmed = body.text;
    this.count();
    this.fail("");
    this.keep();
    if (this.dirty) return this.changed();
    this.show("is-ok", "check-lg", `${body.at} ${body.by}`);
  }

  unreachable(reason = "已存本机，联网后自动上传") {
    this.show("is-local", "phone", reason);
    const wait = RETRY[Math.min(this.tries++, RETRY.length - 1)];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
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

for (const form of document.querySelectorAll("form[data-autosave]")) new TextBox(form);

// A link to a place inside a folded part opens that part.
function unfold() {
  document.querySelector(location.hash || "#none")?.querySelector("details.rec-written")?.setAttribute("open", "");
}
addEventListener("hashchange", unfold);
unfold();
