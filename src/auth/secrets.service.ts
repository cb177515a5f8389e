import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';

export type SecretUse =
  'one-time code' | 'browser' | 'temporary password' | 'new password' | 'rate limit' | 'till pin' | 'first password';

/** Without letters and digits that look alike, on paper or spoken. */
const READABLE = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Keyed digests for short secrets: without the installation's own secret, a stolen table tells nothing. */
@Injectable()
export class Secrets {
  private readonly keys = new Map<SecretUse, Buffer>();

  constructor(private readonly config: Config) {}

  digest(use: SecretUse, ...parts: string[]): Buffer {
    return createHmac('sha256', this.key(use)).update(JSON.stringify(parts)).digest();
  }

  private key(use: SecretUse): Buffer {
    let key = this.keys.get(use);
    if (!key) {
      key = this.config.keyFor(use);
      this.keys.set(use, key);
    }
    return key;
  }
}

export function sameDigest(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** For secrets of 128 bits and more, which nobody can guess back from their digest. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

export function randomDigits(count: number): string {
  return randomInt(10 ** count)
    .toString()
    .padStart(count, '0');
}

/** `K7QM-2XFR`: 40 bits, easy to copy from an SMS by eye. */
export function randomReadable(groups = 2): string {
  const group = (): string => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
