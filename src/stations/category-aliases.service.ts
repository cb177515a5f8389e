import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { sqlOf } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { InvalidInput } from '../shared/domain-error.js';
import { type AliasForm, readAliases } from './category-aliases.js';
import { CategoryAlias } from './category-alias.entity.js';
import { Station } from './station.entity.js';
import { StationNotFound } from './stations.errors.js';

/** How a station's own goods group codes count. */
@Injectable()
export class CategoryAliases {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: AuditLog,
  ) {}

  async aliasesOf(stationId: string): Promise<AliasForm> {
    const aliases = await this.em.fork().find(CategoryAlias, { stationId }, { orderBy: { code: 'asc' } });
    const form: AliasForm = {};
    for (const { category, code } of aliases) form[category] = form[category] ? `${form[category]}, ${code}` : code;
    return form;
  }

  /** The form is the whole list: what is not in it any more is gone. */
  async mapCodes(stationId: string, form: AliasForm, actor: Actor): Promise<void> {
    const { aliases, faults } = readAliases(form);
    if (faults.length > 0) throw new InvalidInput(faults);
    await this.em.fork().transactional(async (em) => {
      // The station's row is the lock: two forms saved at once follow one another.
      const station = await em.findOne(Station, { id: stationId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!station) throw new StationNotFound();
      const before = await em.count(CategoryAlias, { stationId });
      await em.nativeDelete(CategoryAlias, { stationId });
      const rows = [...aliases].map(([code, category]) => ({ stationId, code, category }));
      if (rows.length > 0) await em.insertMany(CategoryAlias, rows);
      await this.audit.record(sqlOf(em), {
        actor,
        action: 'station.codes_mapped',
        object: { kind: 'station', id: stationId },
        facts: { before, after: rows.length },
      });
    });
  }
}
