import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { FirstPasswords } from '../first-log-in/first-passwords.service.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { hashPassword, passwordFits } from '../passwords/password.hasher.js';
import { CUSTOMER_PASSWORD_LENGTH, passwordFault } from '../passwords/password.rules.js';
import { closeSessions } from '../sessions.js';
import { Login } from './login.entity.js';
import { NewPasswordTickets } from './new-password-tickets.service.js';

export interface PasswordChange {
  loginId: string;
  /** Empty where none was set yet. */
  current: string;
  next: string;
  /** The session that stays open. */
  sessionId: string;
  ip: string;
}

export class TicketGone extends DomainError {
  constructor() {
    super('password_ticket_gone', 'not_found');
  }
}

@Injectable()
export class Passwords {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: NewPasswordTickets,
    private readonly first: FirstPasswords,
    private readonly limits: PasswordLimits,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async stateOf(loginId: string): Promise<{ phone: string; passwordSet: boolean }> {
    const { phone, passwordHash } = await this.em.fork().findOneOrFail(Login, { id: loginId });
    return { phone, passwordSet: passwordHash !== null };
  }

  /** For whoever came in with a temporary password: the address of the next step, for this browser alone. */
  async issueTicket(loginId: string, browser: string): Promise<string> {
    return this.tickets.issue(await this.em.fork().findOneOrFail(Login, { id: loginId }), browser);
  }

  /** Throws TicketGone where the ticket no longer sets anything. */
  async checkTicket(ticket: string, browser: string | null): Promise<void> {
    await this.openTicket(this.em.fork(), ticket, browser);
  }

  /** The new password after a temporary one; returns whose it is. All of their sessions end. */
  async setByTicket(ticket: string, browser: string | null, next: string, ip: string): Promise<string> {
    const passwordHash = await this.hashOf(next, await this.openTicket(this.em.fork(), ticket, browser));
    return this.em.fork().transactional(async (em) => {
      const login = await this.openTicket(em, ticket, browser, LockMode.PESSIMISTIC_WRITE);
      await this.store(em, login, passwordHash, '', ip);
      return login.id;
    });
  }

  /** The customer's other sessions end. Throws InvalidInput at the field, LimitExceeded. */
  async change({ loginId, current, next, sessionId, ip }: PasswordChange): Promise<void> {
    const login = await this.em.fork().findOneOrFail(Login, { id: loginId });
    if (login.passwordHash !== null) await this.checkCurrent(login, current, ip);
    const passwordHash = await this.hashOf(next, login);
    await this.em.fork().transactional(async (em) => {
      const locked = await em.findOneOrFail(Login, { id: loginId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      await this.store(em, locked, passwordHash, sessionId, ip);
    });
  }

  private async checkCurrent(login: Login, current: string, ip: string): Promise<void> {
    const attempt = { door: 'customer', account: login.phone, ip } as const;
    await this.limits.admit(attempt);
    if (!(await passwordFits(login.passwordHash, current))) {
      throw new InvalidInput([{ path: 'currentPassword', code: 'password_wrong' }]);
    }
    await this.limits.forget(attempt);
  }

  private async hashOf(next: string, { id, phone }: Login): Promise<string> {
    const fault = passwordFault(next, CUSTOMER_PASSWORD_LENGTH, [phone, ...(await this.ownWords(id))]);
    if (fault) throw new InvalidInput([{ path: 'password', code: fault, params: { limit: CUSTOMER_PASSWORD_LENGTH } }]);
    return hashPassword(next);
  }

  /** Their other numbers and their address, which whoever knows them knows as well as the contact phone. */
  private async ownWords(id: string): Promise<string[]> {
    const rows = await sqlOf(this.em.fork()).query<{ word: string }>(
      `select phone as word from login_number where login_id = $1
       union all select email from customer where id = $1 and email is not null`,
      [id],
    );
    return rows.map(({ word }) => word);
  }

  private async store(
    em: EntityManager,
    login: Login,
    passwordHash: string,
    sessionId: string,
    ip: string,
  ): Promise<void> {
    Object.assign(login, { passwordHash, passwordSetAt: this.clock.real() });
    Object.assign(login, { temporaryPasswordHash: null, temporaryPasswordExpiresAt: null });
    await em.flush();
    await this.first.end(sqlOf(em), { loginId: login.id }, 'password_set');
    await closeSessions(sqlOf(em), 'customer', login.id, sessionId);
    const actor = { kind: 'customer', id: login.id } as const;
    const object = { kind: 'login', id: login.id };
    await this.audit.record(sqlOf(em), { actor, action: 'login.password_set', object, ip });
  }

  private async openTicket(
    em: EntityManager,
    ticket: string,
    browser: string | null,
    lockMode?: LockMode,
  ): Promise<Login> {
    const id = this.tickets.loginIdOf(ticket);
    const login = id && (await em.findOne(Login, { id, disabledAt: null }, { lockMode }));
    if (!login || !this.tickets.opens(ticket, login, browser ?? '')) throw new TicketGone();
    return login;
  }
}
