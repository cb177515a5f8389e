import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';

/**
 * Six digits printed on the card, for whoever activates it: proof that the plastic is in their hands (L3).
 * Derived from the number under the installation's secret and kept nowhere, so a copy of the database tells nothing.
 */
@Injectable()
export class PossessionCodes {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = config.keyFor('possession code');
  }

  possessionCode(cardNumber: string): string {
    const mac = createHmac('sha256', this.key).update(cardNumber).digest();
    return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
  }

  /** Whether what was typed, spaces allowed, is this card's code. The caller limits the tries. */
  proves(cardNumber: string, typed: string): boolean {
    const right = Buffer.from(this.possessionCode(cardNumber));
    const given = Buffer.from(typed.replace(/\s/g, ''));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
