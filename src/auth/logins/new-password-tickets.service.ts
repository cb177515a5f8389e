import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { sameDigest, Secrets } from '../secrets.service.js';
import type { Login } from './login.entity.js';

const LIFETIME_MS = 10 * 60_000;

/**
 * The step between a temporary password and a new one: an address that works for ten minutes, once, and only in the
 * browser that typed the temporary password. Nobody is logged in before the new password is set.
 */
@Injectable()
export class NewPasswordTickets {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  issue(loginId: string, browser: string): string {
    const claim = `${loginId}~${(this.clock.real().getTime() + LIFETIME_MS).toString(36)}`;
    return `${claim}~${this.seal(claim, browser)}`;
  }

  /** Whose password may be set; null for a ticket that is too old, or not this browser's. */
  read(ticket: string, browser: string | null): { loginId: string; issuedAt: Date } | null {
    const [loginId = '', expires = '', seal = ''] = ticket.split('~');
    const expected = this.seal(`${loginId}~${expires}`, browser ?? '');
    const expiresAt = parseInt(expires, 36);
    if (!sameDigest(Buffer.from(seal), Buffer.from(expected)) || !(this.clock.real().getTime() < expiresAt))
      return null;
    return { loginId, issuedAt: new Date(expiresAt - LIFETIME_MS) };
  }

  /** A password set since makes the ticket worthless: it works once. */
  isUsed(issuedAt: Date, { passwordSetAt }: Pick<Login, 'passwordSetAt'>): boolean {
    return passwordSetAt !== null && passwordSetAt >= issuedAt;
  }

  private seal(claim: string, browser: string): string {
    return this.secrets.digest('new password', claim, browser).toString('base64url');
  }
}
