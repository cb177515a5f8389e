import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Language } from '../infra/i18n/texts.js';

export type Sex = 'female' | 'male';

/** A person with a login of the same id, whatever they hold. */
@Entity({ tableName: 'customer' })
export class Customer {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'text', nullable: true })
  surname: string | null = null;

  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  @Property({ type: 'text', nullable: true })
  patronymic: string | null = null;

  /** `1990-05-31` */
  @Property({ type: 'date', nullable: true })
  birthDate: string | null = null;

  /** By the programme's calendar; null while the date first told stands, or none was told. */
  @Property({ type: 'date', nullable: true })
  birthDateChangedOn: string | null = null;

  @Property({ type: 'text', nullable: true })
  sex: Sex | null = null;

  @Property({ type: 'text', nullable: true })
  email: string | null = null;

  /** Null until the link of a mail to it was followed; the database forgets it with every other address. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  emailConfirmedAt: Date | null = null;

  @Property({ type: 'text' })
  language: Language = 'ru';

  @Property({ type: 'uuid' })
  pointsAccountId!: string;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
