import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../infra/database/database.js';
import { DomainError } from '../../shared/domain-error.js';
import { Staff } from './staff.entity.js';

/** An installation without an administrator could never get one from its own pages. */
export class LastAdministrator extends DomainError {
  constructor() {
    super('last_administrator', 'conflict');
  }
}

/** Who may come in changes one at a time: whoever waits here sees what the other has done. Held until the transaction ends. */
export async function lockStaffAccess(em: EntityManager): Promise<void> {
  await sqlOf(em).query(`select pg_advisory_xact_lock(hashtext('staff'))`);
}

/** Throws LastAdministrator where this member is the only administrator who still comes in. */
export async function expectAnotherAdministrator(em: EntityManager, { id, role, disabledAt }: Staff): Promise<void> {
  if (role !== 'admin' || disabledAt) return;
  const others = await em.count(Staff, { role: 'admin', disabledAt: null, id: { $ne: id } });
  if (others === 0) throw new LastAdministrator();
}
