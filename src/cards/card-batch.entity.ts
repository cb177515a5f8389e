import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';

/** Plastic ordered from the printer in one go. With a station the cards lie there, without one at the office. */
@Entity({ tableName: 'card_batch' })
export class CardBatch {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  /** Given by the database: what people call the batch by. */
  @Property({ type: 'integer', autoincrement: true })
  number!: number;

  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'integer' })
  size!: number;

  @Property({ type: 'uuid', nullable: true })
  stationId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  createdBy: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
