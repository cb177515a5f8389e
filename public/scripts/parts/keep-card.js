// Writes the card down as the page shows it, so that it can be shown without the network.
import { forget, forgetAll, read, write } from './device-store.js';

/** Returns once the device knows what the page knows; nothing of another customer stays. */
export async function keepCard({ owner, number, saved, devices }) {
  const [card, device] = [await read('card'), await read('device')];
  if (card && card.owner !== owner) await forgetAll();
  if (device && (device.owner !== owner || !devices.split(' ').includes(device.id))) await forget('device');
  const [bars, qr] = ['.scan__bars', '[data-card-qr]'].map((name) => drawing(document.querySelector(name)));
  // The card that a till finds first is the one to have at hand; another is not kept over it.
  if (card?.owner === owner && card.number !== number && location.pathname !== '/cabinet/cards') {
    return write('card', { ...card, saved });
  }
  if (bars && qr) await write('card', { owner, number, saved, bars, qr, digits: digitsOf() });
  else await forget('card');
}

export async function keepPoints(saved) {
  const card = await read('card');
  if (card) await write('card', { ...card, saved });
}

function drawing(svg) {
  return svg && { viewBox: svg.getAttribute('viewBox'), path: svg.querySelector('path').getAttribute('d') };
}

function digitsOf() {
  return document.querySelector('.scan__digits').textContent;
}
