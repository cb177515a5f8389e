// The worker that shows the card without the network; it takes the page anew whenever the card is open online.
export async function keepPage() {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('keep');
}
