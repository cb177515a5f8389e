import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { StaffRole } from '../../infra/web/viewer.js';
import { newId } from '../../shared/ids.js';

/** A link by which one person, once, becomes a member of staff, or sets a new password. */
@Entity({ tableName: 'staff_invitation' })
export class StaffInvitation {
  @PrimaryKey({ type: 'uuid' })
  id: string = newId();

  @Property({ type: 'text' })
  email!: string;

  @Property({ type: 'text' })
  role!: StaffRole;

  @Property({ type: 'Buffer', columnType: 'bytea' })
  tokenHash!: Buffer;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  expiresAt!: Date;

  /** Or made void: by another link, by a withdrawal, by a dismissal. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  usedAt: Date | null = null;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt!: Date;
}
