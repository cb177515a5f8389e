// The card as an app: a button where the browser offers it, words where it is done by hand.
const [press, words] = ['[data-install]', '[data-install-by-hand]'].map((name) => document.querySelector(name));
const installed = matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;

window.addEventListener('beforeinstallprompt', (event) => {
  if (!press) return;
  event.preventDefault();
  press.hidden = false;
  press.querySelector('button').addEventListener('click', () => {
    press.hidden = true;
    event.prompt();
  });
});

window.addEventListener('appinstalled', () => {
  if (press) press.hidden = true;
});

// An iPad calls itself a Mac, but no Mac is touched by several fingers.
const { userAgent, maxTouchPoints } = navigator;
const byHand = /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
if (words && !installed && byHand) words.hidden = false;
