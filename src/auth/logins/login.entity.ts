import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { newId } from '../../shared/ids.js';

/** A phone that opens a cabinet. The customer's row has the same id. */
@Entity({ tableName: 'login' })
export class Login {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  /** E.164. */
  @Property({ type: 'text' })
  phone!: string;

  @Property({ type: 'text', nullable: true })
  passwordHash: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  passwordSetAt: Date | null = null;

  /** A keyed digest: the password is random, so it needs no slow hash. */
  @Property({ type: 'text', nullable: true })
  temporaryPasswordHash: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  temporaryPasswordExpiresAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  disabledAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
