import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Sold once, at this terminal, for this much. From here on purchases earn points on the card. */
@Entity({ tableName: 'card_sale' })
export class CardSale {
  @PrimaryKey({ type: 'text' })
  cardNumber!: string;

  @Property({ type: 'uuid' })
  terminalId!: string;

  @Property({ type: 'bigint' })
  priceKopecks!: bigint;

  @Property({ type: 'text', nullable: true })
  cashier: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  soldAt!: Date;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
