import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { StaffRole } from '../../infra/web/viewer.js';
import { newId } from '../../shared/ids.js';

@Entity({ tableName: 'staff' })
export class Staff {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  /** In small letters. */
  @Property({ type: 'text' })
  email!: string;

  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text' })
  role!: StaffRole;

  @Property({ type: 'text', nullable: true })
  passwordHash: string | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  disabledAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
