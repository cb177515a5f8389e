import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
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

  issue(login: Login, browser: string): string {
    const claim = `${login.id}~${(this.clock.real().getTime() + LIFETIME_MS).toString(36)}`;
    return `${claim}~${this.seal(claim, login, browser)}`;
  }

  /** Whose password it may set, if it is what it says. */
  loginIdOf(ticket: string): string | null {
    const [loginId = ''] = ticket.split('~');
    return validate(loginId) ? loginId : null;
  }

  opens(ticket: string, login: Login, browser: string): boolean {
    const [loginId = '', expires = '', seal = ''] = ticket.split('~');
    const expected = this.seal(`${loginId}~${expires}`, login, browser);
    return sameDigest(Buffer.from(seal), Buffer.from(expected)) && this.clock.real().getTime() < parseInt(expires, 36);
  }

  /** The present password is part of it: once another is set, the ticket is worthless. */
  private seal(claim: string, { passwordHash }: Login, browser: string): string {
    return this.secrets.digest('new password', claim, passwordHash ?? '', browser).toString('base64url');
  }
}
