import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Catalogue } from '../catalogue/catalogue.service.js';
import { EVERYTHING } from '../catalogue/tariff-search.js';
import { tariffCsv } from './tariff-csv.js';

const MOST_TARIFFS = 50_000;

@Injectable()
export class TariffExports {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditLog,
  ) {}

  /** What new customers can have now, as a file that the import reads. */
  async exportInForce(actor: Actor): Promise<Buffer> {
    const { tariffs } = await this.catalogue.search({ ...EVERYTHING, sort: 'name' }, { page: 1, size: MOST_TARIFFS });
    const object = { kind: 'tariff', id: 'all' };
    await this.audit.record(this.database, {
      actor,
      action: 'tariff.exported',
      object,
      facts: { tariffs: tariffs.length },
    });
    return tariffCsv(tariffs.map(({ slug, operator, ...terms }) => ({ slug, operator: operator.name, terms })));
  }
}
