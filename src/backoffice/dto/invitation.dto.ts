import { IsEmail, IsIn, MaxLength } from 'class-validator';
import { Trimmed } from '../../infra/web/tidy.js';
import type { StaffRole } from '../../infra/web/viewer.js';

export const staffRoles: readonly StaffRole[] = ['admin', 'manager', 'operator', 'accountant'];

export class InvitationDto {
  @IsEmail()
  @MaxLength(254)
  @Trimmed()
  email!: string;

  @IsIn(staffRoles, { context: { code: 'choose' } })
  role!: StaffRole;
}
