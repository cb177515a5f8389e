import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';

/** Whose network and tariffs we sell: МТС, МегаФон, a virtual operator. */
@Entity({ tableName: 'operator' })
export class Operator {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  /** `megafon`: what files and programs call it. */
  @Property({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  name!: string;

  /** `#00985f` */
  @Property({ type: 'text' })
  colour!: string;

  /** What the numbers of its SIM cards begin with. */
  @Property({ type: 'text[]' })
  iccidPrefixes: string[] = [];

  @Property({ type: 'integer' })
  position!: number;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
