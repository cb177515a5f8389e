// The screen stays on while a card is being shown to the cashier.
if (document.querySelector('[data-keep-awake]') && 'wakeLock' in navigator) {
  const keep = () => {
    // Refused on a low battery, for one; the card shows all the same.
    if (document.visibilityState === 'visible') navigator.wakeLock.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', keep);
  keep();
}
