import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { CardState } from './card-state.js';

/** Plastic or virtual; its EAN-13 number is its identity. `card-state.ts` says what may follow what. */
@Entity({ tableName: 'card' })
export class Card {
  @PrimaryKey({ type: 'text' })
  number!: string;

  @Property({ type: 'text' })
  kind!: 'plastic' | 'virtual';

  @Property({ type: 'text' })
  state!: CardState;

  @Property({ type: 'uuid', nullable: true })
  batchId: string | null = null;

  /** Its own points account from the sale to the activation, then the customer's. */
  @Property({ type: 'uuid', nullable: true })
  accountId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  customerId: string | null = null;

  /** How its owner calls it. */
  @Property({ type: 'text', nullable: true })
  nickname: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  soldAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  activatedAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
