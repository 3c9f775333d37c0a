{% load static %}// What an inspector has open opens again without a network: their own drafts, 未上传, the form of
// a hazard, what is to be patrolled, and the files those pages need. Nothing else is kept, and nothing after a log-out or another log-in.
const PAGES = "pages-1", FILES = "files-1", STATIC = "{% get_static_prefix %}";
const LOG_OUT = "{% url 'orgs:logout' %}";
const KEPT = /^\/(visits\/\d+\/(sheet|record)|waiting|hazards\/report|patrols(\/places\/\d+(\/findings)?)?)\/$/;
const HASHED = /\.[0-9a-f]{12}\./; // its content never changes
const PATIENCE = 4000; // with a signal that is hardly there, the kept page after so long
let seen = null; // the page that came last, until it asks to be kept

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.waitUntil(heard(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === LOG_OUT) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(file(request));
  else if (request.mode === "navigate" && (KEPT.test(url.pathname) || !navigator.onLine)) event.respondWith(page(request, url));
});

async function takeOver() {
  for (const name of await caches.keys()) if (![PAGES, FILES].includes(name)) await caches.delete(name);
  await self.clients.claim();
}

const forget = () => Promise.all([PAGES, FILES].map((name) => caches.delete(name)));

// Every page says whose it is; a draft that can be filled also says which files it needs.
async function heard({ person, path, title, files, also = [] }) {
  const pages = await caches.open(PAGES);
  const owner = await pages.match("/owner").then((kept) => kept?.text());
  if (owner !== undefined && owner !== person) await forget();
  if (!KEPT.test(path)) return;
  if (files) await keepAll(person, [{ path, title }, ...await missing(also, files)], files);
  else await Promise.all([pages.delete(path), pages.delete(`${path}?about`)]);
}

// Of the pages that one leads to, those not kept yet with the files of this version.
async function missing(also, files) {
  const told = (names) => [...names].sort().join();
  const known = new Map((await kept()).map((one) => [one.path, told(one.files)]));
  return also.filter(({ path }) => KEPT.test(path) && known.get(path) !== told(files));
}

async function keepAll(person, some, files) {
  await (await caches.open(FILES)).addAll(files);
  for (const { path, title } of some) await keep(person, path, title, files);
  await sweep();
}

async function keep(person, path, title, files) {
  const response = seen?.path === path ? seen.response : await fetch(path, { headers: { Accept: "text/html" } }).catch(() => null);
  seen = null;
  if (!response?.ok || response.redirected || response.headers.get("X-Page-Person") !== person) return;
  const pages = await caches.open(PAGES);
  await pages.put("/owner", new Response(person));
  await pages.put(`${path}?about`, new Response(JSON.stringify({ path, title, files })));
  await pages.put(path, response);
}

async function kept() {
  const pages = await caches.open(PAGES);
  const lists = (await pages.keys()).filter((request) => request.url.endsWith("?about"));
  return Promise.all(lists.map(async (list) => (await pages.match(list)).json()));
}

// Files of an older version that no kept page needs.
async function sweep() {
  const needed = new Set((await kept()).flatMap(({ files }) => files)), files = await caches.open(FILES);
  for (const request of await files.keys()) if (!needed.has(request.url)) await files.delete(request);
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept && HASHED.test(request.url)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

async function page(request, url) {
  const kept = await caches.match(url.pathname, { cacheName: PAGES });
  const answer = fetch(request).then((response) => {
    if (response.ok) seen = { path: url.pathname, response: response.clone() };
    return response.status >= 500 && kept ? kept : response;
  });
  if (!kept) return answer.catch(list);
  const late = new Promise((then) => setTimeout(then, PATIENCE, kept));
  return Promise.race([answer, late]).catch(() => kept);
}

// Without a network, in place of a page that was not kept: those that were.
async function list() {
  const pages = await kept();
  const styles = [...new Set(pages.flatMap(({ files }) => files))].filter((name) => name.endsWith(".css"));
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const links = pages.map(({ path, title }) => `<li><a href="${path}">${safe(title)}</a></li>`).join("");
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>没有网络</title>${styles.map((name) => `<link rel="stylesheet" href="${safe(name)}">`).join("")}
<body data-mode="field"><main class="stack"><h1>没有网络</h1><p>这一页要有网络才能打开。${links ? "没有网络也能接着填的：" : ""}</p><ul class="card-x offline-list">${links}</ul></main></body></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
