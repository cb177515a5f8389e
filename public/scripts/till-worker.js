// Opens the till's page while the line is down: the page itself is always asked for first, files never change.
const CACHE = 'till';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { pathname, origin } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (mode === 'navigate' && pathname === '/till') event.respondWith(freshPage(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(keptFile(event.request));
});

async function freshPage(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put('/till', answer.clone());
    return answer;
  } catch {
    return (await cache.match('/till')) ?? Response.error();
  }
}

async function keptFile(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
