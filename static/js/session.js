// Whose page this is, and sending in that person's name: with the present secret, and told in one
// way whether our server has answered. What did not get an answer of ours has not arrived.
export const person = document.getElementById("again")?.dataset.person ?? "";
let ended = false;

export class NoAnswer extends Error {}

export const isEnded = () => ended;
export const onEnd = (then) => document.addEventListener("session:end", (event) => then(event.detail));
export const onBack = (then) => document.addEventListener("session:back", () => then());

export function end(told = {}) {
  ended = true;
  document.dispatchEvent(new CustomEvent("session:end", { detail: told }));
}

export function back() {
  ended = false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = csrf();
  document.dispatchEvent(new CustomEvent("session:back"));
}

export function csrf() {
  return document.cookie.match(/(?:__Host-)?csrftoken=([^;]+)/)?.[1]
    ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function names() {
  return { Accept: "application/json", "X-CSRFToken": csrf(), "X-Page-Person": person };
}

// A FormData or an object for JSON. Throws NoAnswer for no network, a busy server, an ended session,
// and for a page of somebody else's, such as the log-in page of a guest network.
export async function post(url, body, { again = true } = {}) {
  const form = body instanceof FormData || body instanceof URLSearchParams;
  const headers = form ? names() : { ...names(), "Content-Type": "application/json" };
  const sent = fetch(url, { method: "POST", headers, body: form ? body : JSON.stringify(body) });
  const response = await sent.catch(() => { throw new NoAnswer("network"); });
  const told = await read(response);
  if (response.status === 401) { end(told); throw new NoAnswer("session"); }
  if (told.error === "csrf" && again) { await freshSecret(); return post(url, body, { again: false }); }
  return { ok: response.ok, told };
}

async function read(response) {
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.status >= 500 || response.status === 429) throw new NoAnswer("busy");
  if (!json && response.ok) throw new NoAnswer("somebody else answered");
  return json ? response.json().catch(() => { throw new NoAnswer("cut off"); }) : {};
}

// The login page sets the secret's cookie anew.
export async function freshSecret() {
  const login = document.getElementById("again")?.dataset.login;
  if (login) await fetch(login, { headers: { Accept: "text/html" } }).catch(() => null);
}
