import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { randomReadable, sameDigest, Secrets } from '../secrets.service.js';
import type { Login } from './login.entity.js';

/** One log-in, after which a new password is set. The old one works until then. */
@Injectable()
export class TemporaryPasswords {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction; an earlier one no longer works. Whoever calls sees to it that it stays secret. */
  async issue(sql: Sql, loginId: string, lifetimeMs: number): Promise<string> {
    const password = randomReadable();
    await sql.query('update login set temporary_password_hash = $2, temporary_password_expires_at = $3 where id = $1', [
      loginId,
      this.digest(loginId, password),
      new Date(this.clock.real().getTime() + lifetimeMs),
    ]);
    return password;
  }

  /** Whether this is the login's temporary password, which no longer works from then on. */
  async use(sql: Sql, login: Login | null, password: string): Promise<boolean> {
    const stored = login?.temporaryPasswordHash ?? '';
    const typed = this.digest(login?.id ?? '', asPrinted(password));
    const fits = sameDigest(Buffer.from(typed), Buffer.from(stored));
    if (!fits || !login || login.temporaryPasswordExpiresAt! <= this.clock.real()) return false;
    const used = await sql.query(
      `update login set temporary_password_hash = null, temporary_password_expires_at = null
       where id = $1 and temporary_password_hash = $2 returning id`,
      [login.id, stored],
    );
    return used.length === 1;
  }

  private digest(loginId: string, password: string): string {
    return this.secrets.digest('temporary password', loginId, password).toString('base64url');
  }
}

/** Small letters, and the dash left out or a space in its place, are as good. */
function asPrinted(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return letters.replace(/^(.{4})(.{4})$/, '$1-$2');
}
