// The code of a minute: HMAC-SHA-256 of its number, truncated to eight digits.
export const WINDOW_MS = 60_000;
const DIGITS = 8;

export const keyOf = (base64) =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(window.atob(base64), (character) => character.charCodeAt(0)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );

export async function codeOf(key, window) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(window));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const number = mac.getUint32(mac.getUint8(mac.byteLength - 1) & 15) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}
