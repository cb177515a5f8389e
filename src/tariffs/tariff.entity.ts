import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';

/** An archived tariff is closed to new customers; those who have it keep it. */
export const TARIFF_STATES = ['draft', 'published', 'archived'] as const;
export type TariffState = (typeof TARIFF_STATES)[number];

/** One tariff of an operator at one address; what it says stands in its versions. */
@Entity({ tableName: 'tariff' })
export class Tariff {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  @Property({ type: 'uuid' })
  operatorId!: string;

  @Property({ type: 'text' })
  slug!: string;

  @Property({ type: 'text' })
  state: TariffState = 'draft';

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;
}
