import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { dayOf } from '../../infra/i18n/format.js';
import type { Language } from '../../infra/i18n/texts.js';
import { type DataPart, PersonalData } from '../../infra/personal-data/personal-data.js';
import { Clock } from '../../shared/clock.js';
import { asHtml, asJson } from './export-format.js';

export const EXPORT_FORMATS = ['html', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface DataFile {
  name: string;
  type: string;
  content: Readable;
}

const A_DAY: Limit = { name: 'data_export', points: 3, seconds: 24 * 3600 };

/** From the person outwards; what is not named here comes last. */
const ORDER =
  'profile logins numbers sessions consents notifications cards cardBlocks cardReplacements phones points lots purchases refunds claims personalAccounts lines messages events'.split(
    ' ',
  );

/** All that is held about a customer, for themselves (152-FZ, article 14): what each room says it holds, read while it is sent. */
@Injectable()
export class DataExport {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly rates: RateLimits,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Whoever asks has just proved who they are. Throws LimitExceeded after three a day. */
  async file(customerId: string, format: ExportFormat, language: Language): Promise<DataFile> {
    await this.rates.consume(A_DAY, customerId);
    const absorbed = await this.database.query<{ id: string }>('select id from customer where merged_into = $1', [
      customerId,
    ]);
    const person = { id: customerId, ids: [customerId, ...absorbed.map(({ id }) => id)] };
    const actor = { kind: 'customer', id: customerId } as const;
    const object = { kind: 'customer', id: customerId };
    await this.audit.record(this.database, { actor, action: 'customer.data_exported', object, facts: { format } });
    const parts = [...this.personal.parts].sort(byOrder).map((part) => ({ name: part.name, rows: part.rows(person) }));
    const { timeZone: zone, brand } = this.config;
    const head = { brand: brand.name, madeAt: this.clock.now(), language, zone };
    return {
      name: `my-data-${dayOf(head.madeAt, zone)}.${format}`,
      type: format === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      content: Readable.from(format === 'json' ? asJson(parts, head) : asHtml(parts, head)),
    };
  }
}

function byOrder(one: DataPart, other: DataPart): number {
  const placeOf = ({ name }: DataPart): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return placeOf(one) - placeOf(other);
}
