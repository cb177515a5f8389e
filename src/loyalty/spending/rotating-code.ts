import { createHmac, timingSafeEqual } from 'node:crypto';

/** A code changes every minute; the one before and the one after are taken too, for clocks differ (contracts, `proof`). */
export const WINDOW_MS = 60_000;
const DIGITS = 8;
const PAYLOAD = /^SC1\.(\d{13})\.([0-9A-Z]{6})\.(\d{8})$/;

/** What the QR code of a phone says: whose card, which phone, and the code of this minute. */
export interface SpendingPayload {
  number: string;
  shortId: string;
  digits: string;
}

/** Which minute a moment of real time belongs to. */
export function windowOf(at: Date): number {
  return Math.floor(at.getTime() / WINDOW_MS);
}

/** The eight digits of a minute: HMAC-SHA-256 of its number, truncated as RFC 4226 does. */
export function codeOf(secret: Uint8Array, window: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(window));
  const mac = createHmac('sha256', secret).update(counter).digest();
  const offset = mac[mac.length - 1]! & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The minute that these digits belong to, of those that are taken now; null for any other. */
export function windowWith(secret: Uint8Array, digits: string, now: Date): number | null {
  const current = windowOf(now);
  const fitting = [current, current - 1, current + 1].filter((window) => same(codeOf(secret, window), digits));
  return fitting[0] ?? null;
}

export function isRotatingCode(text: string): boolean {
  return /^\d{8}$/.test(text);
}

export function spendingPayload(text: string): SpendingPayload | null {
  const [, number, shortId, digits] = PAYLOAD.exec(text) ?? [];
  return number && shortId && digits ? { number, shortId, digits } : null;
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
