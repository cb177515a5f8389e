import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { sqlOf } from '../../infra/database/database.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { hashPassword } from '../passwords/password.hasher.js';
import { passwordFault, STAFF_PASSWORD_LENGTH } from '../passwords/password.rules.js';
import { randomToken, sha256 } from '../secrets.service.js';
import { closeSessions } from '../sessions.js';
import { StaffInvitation } from './staff-invitation.entity.js';
import { Staff } from './staff.entity.js';

export interface Invitee {
  email: string;
  role: StaffRole;
}

export interface Acceptance {
  name: string;
  password: string;
  ip: string;
}

const LIFETIME_MS = 72 * 3_600_000;

export class InvitationNotFound extends DomainError {
  constructor() {
    super('invitation_not_found', 'not_found');
  }
}

/** Staff come in by a link that works once, for three days; a second one lets the same person set a new password. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The link to hand over; it is not kept and cannot be shown again. */
  async invite({ email, role }: Invitee, actor: Actor): Promise<string> {
    const token = randomToken();
    const now = this.clock.real();
    await this.em.fork().transactional(async (em) => {
      const invitation = em.create(StaffInvitation, {
        email: email.trim().toLowerCase(),
        role,
        tokenHash: sha256(token),
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
        createdAt: now,
      });
      await em.persist(invitation).flush();
      const object = { kind: 'staff_invitation', id: invitation.id };
      await this.audit.record(sqlOf(em), { actor, action: 'staff.invited', object, facts: { role } });
    });
    return `${this.config.publicUrl}/admin/invitation/${token}`;
  }

  /** Whom the link invites. */
  async find(token: string): Promise<Invitee> {
    const { email, role } = await this.open(this.em.fork(), token);
    return { email, role };
  }

  /** The new member's id; their open sessions end. */
  async accept(token: string, { name, password, ip }: Acceptance): Promise<string> {
    const { email } = await this.find(token);
    const fault = passwordFault(password, STAFF_PASSWORD_LENGTH, [email, name]);
    if (fault) throw new InvalidInput([{ path: 'password', code: fault, params: { limit: STAFF_PASSWORD_LENGTH } }]);
    const passwordHash = await hashPassword(password);
    return this.em.fork().transactional(async (em) => {
      const invitation = await this.open(em, token, LockMode.PESSIMISTIC_WRITE);
      invitation.usedAt = this.clock.real();
      const staff = await this.employ(em, invitation, { name, passwordHash });
      await em.flush();
      await closeSessions(sqlOf(em), 'staff', staff.id);
      const actor = { kind: 'staff', id: staff.id } as const;
      const object = { kind: 'staff', id: staff.id };
      await this.audit.record(sqlOf(em), { actor, action: 'staff.password_set', object, ip });
      return staff.id;
    });
  }

  private async employ(
    em: EntityManager,
    { email, role }: StaffInvitation,
    changes: Pick<Staff, 'name' | 'passwordHash'>,
  ): Promise<Staff> {
    const known = await em.findOne(Staff, { email });
    if (known) return em.assign(known, { ...changes, role, disabledAt: null });
    const staff = em.create(Staff, { email, role, ...changes, createdAt: this.clock.real() });
    em.persist(staff);
    return staff;
  }

  private async open(em: EntityManager, token: string, lockMode?: LockMode): Promise<StaffInvitation> {
    const live = { tokenHash: sha256(token), usedAt: null, expiresAt: { $gt: this.clock.real() } };
    const invitation = await em.findOne(StaffInvitation, live, { lockMode });
    if (!invitation) throw new InvitationNotFound();
    return invitation;
  }
}
