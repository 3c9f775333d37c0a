// What is typed is kept on this device before it is sent, and let go only when the server has confirmed it.
export class Outbox {
  constructor(sheet, user) {
    this.prefix = `sheet:${sheet}:${user}:`;
    this.memory = new Map(); // where the browser refuses to store
  }

  get(code) {
    const text = read(this.prefix + code);
    return text ? JSON.parse(text) : this.memory.get(code) || null;
  }

  put(code, record) {
    if (!write(this.prefix + code, JSON.stringify(record))) this.memory.set(code, record);
  }

  // A newer record for the same point stays.
  confirm(code, id) {
    if (this.get(code)?.id !== id) return false;
    this.drop(code);
    return true;
  }

  drop(code) {
    this.memory.delete(code);
    try { localStorage.removeItem(this.prefix + code); } catch { /* nothing was stored */ }
  }

  codes() {
    const kept = [...this.memory.keys()];
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.prefix)) kept.push(key.slice(this.prefix.length));
      }
    } catch { /* storage is closed to us */ }
    return [...new Set(kept)];
  }
}

export function mint() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http inside a county's network
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function csrf() {
  return document.cookie.match(/(?:__Host-)?csrftoken=([^;]+)/)?.[1]
    || document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function read(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function write(key, text) {
  try { localStorage.setItem(key, text); return true; } catch { return false; }
}
