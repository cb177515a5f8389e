import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';
import type { AllowanceKind, Audience, Period, SourceQuality, TariffTerms } from './tariff-terms.js';

/** Who brought it: versions of the demo are marked wherever they are shown. */
export type VersionOrigin = 'staff' | 'import' | 'demo';

/** What a tariff says from a moment on. Once published it stays as it is: subscribers keep the version they took. */
@Entity({ tableName: 'tariff_version' })
export class TariffVersion implements TariffTerms {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  @Property({ type: 'uuid' })
  tariffId!: string;

  @Property({ type: 'integer' })
  number!: number;

  @Property({ type: 'text' })
  state: 'draft' | 'published' = 'draft';

  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text' })
  audience!: Audience;

  @Property({ type: 'boolean' })
  forPersons: boolean = false;

  @Property({ type: 'text', nullable: true })
  region: string | null = null;

  @Property({ type: 'bigint', nullable: true })
  priceKopecks: bigint | null = null;

  @Property({ type: 'text' })
  period!: Period;

  @Property({ type: 'bigint', nullable: true })
  connectionFeeKopecks: bigint | null = null;

  @Property({ type: 'text' })
  minutesKind!: AllowanceKind;

  @Property({ type: 'integer', nullable: true })
  minutes: number | null = null;

  @Property({ type: 'text' })
  trafficKind!: AllowanceKind;

  @Property({ type: 'integer', nullable: true })
  trafficMegabytes: number | null = null;

  @Property({ type: 'text' })
  smsKind!: AllowanceKind;

  @Property({ type: 'integer', nullable: true })
  sms: number | null = null;

  @Property({ type: 'text[]' })
  extras: string[] = [];

  @Property({ type: 'text', nullable: true })
  conditions: string | null = null;

  @Property({ type: 'date', nullable: true })
  lastDay: string | null = null;

  @Property({ type: 'text', nullable: true })
  source: string | null = null;

  @Property({ type: 'integer', nullable: true })
  sourceYear: number | null = null;

  @Property({ type: 'text', nullable: true })
  sourceQuality: SourceQuality | null = null;

  @Property({ type: 'text' })
  origin: VersionOrigin = 'staff';

  /** Grows with every saving of the draft. */
  @Property({ type: 'integer' })
  revision: number = 1;

  @Property({ type: 'uuid', nullable: true })
  createdBy: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;

  /** From when it is in force; a version that lies ahead may be withdrawn. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  validFrom: Date | null = null;

  @Property({ type: 'uuid', nullable: true })
  publishedBy: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null = null;
}
