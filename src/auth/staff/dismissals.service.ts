import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { closeSessions } from '../sessions.js';
import { voidInvitations } from './invitations.service.js';
import { Staff } from './staff.entity.js';
import { expectAnotherAdministrator, lockStaffAccess } from './staff.rules.js';

export class StaffNotFound extends DomainError {
  constructor() {
    super('staff_not_found', 'not_found');
  }
}

/** Whoever closes their own access by mistake could not open it again. */
export class OwnDismissal extends DomainError {
  constructor() {
    super('own_dismissal', 'conflict');
  }
}

/** Whoever leaves loses access at their next click; a new invitation brings them back. */
@Injectable()
export class Dismissals {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Returns whose access was closed. Throws OwnDismissal and LastAdministrator, so that an administrator is always left. */
  async dismiss(id: string, actor: Actor): Promise<Staff> {
    if (actor.id === id) throw new OwnDismissal();
    return this.em.fork().transactional(async (em) => {
      await lockStaffAccess(em);
      // Two administrators who dismiss each other at once do not both succeed.
      const clerk = await em.findOne(Staff, { id: actor.id ?? id });
      if (clerk?.disabledAt && clerk.id !== id) throw new DomainError('role_forbidden', 'forbidden');
      const staff = await em.findOne(Staff, { id });
      if (!staff) throw new StaffNotFound();
      if (staff.disabledAt) return staff;
      await expectAnotherAdministrator(em, staff);
      const now = this.clock.real();
      staff.disabledAt = now;
      await em.flush();
      // A link that still opens would be a way back in.
      await voidInvitations(em, staff.email, now);
      await closeSessions(sqlOf(em), 'staff', id);
      await this.audit.record(sqlOf(em), { actor, action: 'staff.dismissed', object: { kind: 'staff', id } });
      return staff;
    });
  }
}
