// The screen stays on while a card is being shown to the cashier; a phone that was put away with it may sleep again.
const AWAKE_MS = 3 * 60_000;

if (document.querySelector('[data-keep-awake]') && 'wakeLock' in navigator) {
  let lock = null;
  let rest;

  const release = () => {
    clearTimeout(rest);
    void lock?.release().catch(() => undefined);
    lock = null;
  };
  const keep = async () => {
    clearTimeout(rest);
    if (document.visibilityState !== 'visible') return release();
    rest = setTimeout(release, AWAKE_MS);
    if (lock && !lock.released) return;
    // Refused on a low battery, for one; the card shows all the same.
    lock = await navigator.wakeLock.request('screen').catch(() => null);
  };
  document.addEventListener('visibilitychange', keep);
  // Whoever touches the screen is still at it.
  document.addEventListener('pointerdown', keep);
  window.addEventListener('pageshow', keep);
  window.addEventListener('pagehide', release);
}
