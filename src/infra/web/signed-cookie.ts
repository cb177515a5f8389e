import { createHmac, timingSafeEqual } from 'node:crypto';

/** `value.signature`: a cookie that strangers may hold but not write. The purpose keeps one cookie from passing for another. */
export function sign(value: string, purpose: string, secret: Buffer): string {
  return `${value}.${signature(value, purpose, secret)}`;
}

/** The value, or null where the signature is not ours. */
export function unsign(signed: unknown, purpose: string, secret: Buffer): string | null {
  if (typeof signed !== 'string') return null;
  const dot = signed.lastIndexOf('.');
  const value = signed.slice(0, dot);
  const given = Buffer.from(signed.slice(dot + 1));
  const expected = Buffer.from(signature(value, purpose, secret));
  return dot > 0 && given.length === expected.length && timingSafeEqual(given, expected) ? value : null;
}

function signature(value: string, purpose: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(`${purpose}:${value}`).digest('base64url');
}
