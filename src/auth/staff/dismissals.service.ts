import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { closeSessions } from '../sessions.js';
import { StaffInvitation } from './staff-invitation.entity.js';
import { Staff } from './staff.entity.js';

export class StaffNotFound extends DomainError {
  constructor() {
    super('staff_not_found', 'not_found');
  }
}

/** An installation without an administrator could never get one from its own pages. */
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

  /** Returns whose access was closed. Nobody dismisses themselves, so at least one administrator is always left. */
  async dismiss(id: string, actor: Actor): Promise<Staff> {
    if (actor.id === id) throw new OwnDismissal();
    return this.em.fork().transactional(async (em) => {
      // In the order of ids: two administrators who dismiss each other at once do not both succeed.
      const rows = await em.find(Staff, { id: { $in: [id, actor.id ?? id] } }, LOCKED_IN_ORDER);
      const staff = rows.find((row) => row.id === id);
      if (!staff) throw new StaffNotFound();
      if (rows.some((row) => row.id === actor.id && row.disabledAt)) {
        throw new DomainError('role_forbidden', 'forbidden');
      }
      if (staff.disabledAt) return staff;
      const now = this.clock.real();
      staff.disabledAt = now;
      await em.flush();
      // A link that still opens would be a way back in.
      await em.nativeUpdate(StaffInvitation, { email: staff.email, usedAt: null }, { usedAt: now });
      await closeSessions(sqlOf(em), 'staff', id);
      await this.audit.record(sqlOf(em), { actor, action: 'staff.dismissed', object: { kind: 'staff', id } });
      return staff;
    });
  }
}

const LOCKED_IN_ORDER = { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;
