import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../shared/ids.js';
import type { ConsentKind, ConsentSource } from './consents.js';

/** What somebody agreed to: which text, when and where. A withdrawal ends it; giving it again is a new row. */
@Entity({ tableName: 'consent' })
export class Consent {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  @Property({ type: 'uuid' })
  customerId!: string;

  @Property({ type: 'text' })
  kind!: ConsentKind;

  @Property({ type: 'text' })
  textVersion!: string;

  @Property({ type: 'text' })
  source!: ConsentSource;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  givenAt!: Date;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null = null;
}
