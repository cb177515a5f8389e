// Keeps the page that shows the card from this device, with its styles, scripts and fonts, and nothing else.
const CACHE = 'card';
const PAGE = '/card';
/** Where the card is better than nothing while the network is away. */
const CARD_PAGES = /^\/(card|cabinet(\/.*)?)?$/;

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(CACHE));
  if (event.data === 'keep') event.waitUntil(keep().catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (CARD_PAGES.test(pathname)) event.respondWith(fetch(request).catch(() => kept(PAGE)));
  } else if (pathname.startsWith('/assets/') || pathname === '/favicon.svg') {
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}

/** The page as it is now and what it names; what it named before goes. */
async function keep() {
  const cache = await caches.open(CACHE);
  // A request that nobody asked for is no sign of life of a session.
  const page = await fetch(PAGE, { cache: 'no-cache', headers: { 'x-background': '1' } });
  if (!page.ok || page.redirected) return;
  const names = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/assets\/[^"#]+|\/favicon\.svg)/g)];
  const wanted = new Set(names.map(([, name]) => name));
  await Promise.all([...wanted].map(async (name) => (await cache.match(name)) ?? cache.add(name)));
  await cache.put(PAGE, page);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !wanted.has(pathname)) await cache.delete(request);
  }
}
