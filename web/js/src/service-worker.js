// `sw.js`: the playground without network, after a first visit. The build fills in `VERSION` (which names this deploy),
// `PAGE` (the SHA-256 of the page, in hexadecimal) and `FILES` (paths of what the page needs, each with a hash of its
// content in its name).
//
// Never a mixture of two deploys: the page comes from the network wherever there is one, and names its own files; without
// network both come from the cache of one version, which is written whole or not at all. A new version waits until no
// window shows the old one. The sandbox page and everything that is not listed goes past this worker.

const PREFIX = 'asl-playground-';
const CACHE = PREFIX + VERSION;
const scope = new URL(registration.scope);
const page = scope.href;
const files = new Set(FILES.map((path) => new URL(path, scope).href));

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(forgetOtherVersions()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== scope.origin) return;
  if (request.mode === 'navigate' && isPage(address)) event.respondWith(answerPage(request));
  else if (request.mode !== 'navigate' && files.has(address.href)) event.respondWith(answerFile(request));
});

const isPage = ({ pathname }) => pathname === scope.pathname || pathname === `${scope.pathname}index.html`;

async function keep() {
  try {
    const cache = await caches.open(CACHE);
    const fresh = await fetched(page);
    if ((await sha256(fresh.clone())) !== PAGE) throw new Error('the page is of another deploy than this worker');
    await Promise.all([...files].map(async (file) => cache.put(file, (await caches.match(file)) ?? (await fetched(file)))));
    await cache.put(page, fresh);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function fetched(url) {
  const response = await fetch(url, { cache: 'no-cache' });
  if (!response.ok || response.redirected) throw new Error(`${url} was answered with ${response.status}`);
  return response;
}

async function sha256(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function forgetOtherVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function answerPage(request) {
  const kept = () => caches.match(page, { cacheName: CACHE });
  try {
    const response = await fetch(request);
    return response.status < 500 ? response : ((await kept()) ?? response);
  } catch (error) {
    const response = await kept();
    if (response === undefined) throw error;
    return response;
  }
}

async function answerFile(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}
