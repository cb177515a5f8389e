import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';

/** A place with terminals: «АЗС № 4». A closed station keeps its history and loses its keys. */
@Entity({ tableName: 'station' })
export class Station {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  @Property({ type: 'integer' })
  number!: number;

  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text' })
  city!: string;

  @Property({ type: 'text' })
  address!: string;

  @Property({ type: 'text' })
  timeZone!: string;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  closedAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
