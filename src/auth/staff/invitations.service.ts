import { EntityManager } from '@mikro-orm/postgresql';
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
import { expectAnotherAdministrator, lockStaffAccess } from './staff.rules.js';

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

  /**
   * The link to hand over; it is not kept and cannot be shown again. Every earlier link of this address stops to work.
   * Throws LastAdministrator where the link would leave nobody to administrate.
   */
  async invite({ email: address, role }: Invitee, actor: Actor): Promise<string> {
    const email = address.trim().toLowerCase();
    const token = randomToken();
    const now = this.clock.real();
    await this.em.fork().transactional(async (em) => {
      await lockStaffAccess(em);
      const known = await em.findOne(Staff, { email });
      if (known && role !== 'admin') await expectAnotherAdministrator(em, known);
      const replaced = await voidInvitations(em, email, now);
      const invitation = em.create(StaffInvitation, {
        email,
        role,
        tokenHash: sha256(token),
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
        createdAt: now,
      });
      await em.persist(invitation).flush();
      const object = { kind: 'staff_invitation', id: invitation.id };
      const facts = { role, ...(replaced > 0 && { replaced }) };
      await this.audit.record(sqlOf(em), { actor, action: 'staff.invited', object, facts });
    });
    return `${this.config.publicUrl}/admin/invitation/${token}`;
  }

  /** Its link opens no more. Returns whom it invited. */
  async withdraw(id: string, actor: Actor): Promise<Invitee> {
    return this.em.fork().transactional(async (em) => {
      await lockStaffAccess(em);
      const invitation = await em.findOne(StaffInvitation, { id, ...this.live() });
      if (!invitation) throw new InvitationNotFound();
      invitation.usedAt = this.clock.real();
      await em.flush();
      const object = { kind: 'staff_invitation', id };
      await this.audit.record(sqlOf(em), { actor, action: 'staff.invitation_withdrawn', object });
      return { email: invitation.email, role: invitation.role };
    });
  }

  /** Whom the link invites. */
  async find(token: string): Promise<Invitee> {
    const { email, role } = await this.open(this.em.fork(), token);
    return { email, role };
  }

  /** The new member's id; their open sessions end, and so does every other link of theirs. Throws LastAdministrator. */
  async accept(token: string, { name, password, ip }: Acceptance): Promise<string> {
    const { email } = await this.find(token);
    const fault = passwordFault(password, STAFF_PASSWORD_LENGTH, [email, name]);
    if (fault) throw new InvalidInput([{ path: 'password', code: fault, params: { limit: STAFF_PASSWORD_LENGTH } }]);
    const passwordHash = await hashPassword(password);
    return this.em.fork().transactional(async (em) => {
      await lockStaffAccess(em);
      const invitation = await this.open(em, token);
      const staff = await this.employ(em, invitation, { name, passwordHash });
      await em.flush();
      await voidInvitations(em, email, this.clock.real());
      await closeSessions(sqlOf(em), 'staff', staff.id);
      const actor = { kind: 'staff', id: staff.id } as const;
      const object = { kind: 'staff', id: staff.id };
      await this.audit.record(sqlOf(em), {
        actor,
        action: 'staff.password_set',
        object,
        facts: { role: staff.role },
        ip,
      });
      return staff.id;
    });
  }

  private async employ(
    em: EntityManager,
    { email, role, createdAt }: StaffInvitation,
    changes: Pick<Staff, 'name' | 'passwordHash'>,
  ): Promise<Staff> {
    const known = await em.findOne(Staff, { email });
    if (known) {
      // Only an invitation given after somebody left brings them back.
      if (known.disabledAt && known.disabledAt > createdAt) throw new InvitationNotFound();
      if (role !== 'admin') await expectAnotherAdministrator(em, known);
      return em.assign(known, { ...changes, role, disabledAt: null });
    }
    const staff = em.create(Staff, { email, role, ...changes, createdAt: this.clock.real() });
    em.persist(staff);
    return staff;
  }

  private async open(em: EntityManager, token: string): Promise<StaffInvitation> {
    const invitation = await em.findOne(StaffInvitation, { tokenHash: sha256(token), ...this.live() });
    if (!invitation) throw new InvitationNotFound();
    return invitation;
  }

  private live(): { usedAt: null; expiresAt: { $gt: Date } } {
    return { usedAt: null, expiresAt: { $gt: this.clock.real() } };
  }
}

/** From now on no link of this address opens. Returns how many did. */
export function voidInvitations(em: EntityManager, email: string, now: Date): Promise<number> {
  return em.nativeUpdate(StaffInvitation, { email, usedAt: null, expiresAt: { $gt: now } }, { usedAt: now });
}
