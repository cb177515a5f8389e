import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Actor } from '../../shared/actor.js';

/** A number given up for another: the old one just stops working. */
@Entity({ tableName: 'card_replacement' })
export class CardReplacement {
  @PrimaryKey({ type: 'text' })
  oldNumber!: string;

  @Property({ type: 'text' })
  newNumber!: string;

  @Property({ type: 'text' })
  reason!: string;

  @Property({ type: 'text' })
  actorKind!: Actor['kind'];

  /** The system has none. */
  @Property({ type: 'uuid', nullable: true })
  actorId: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  replacedAt!: Date;
}
