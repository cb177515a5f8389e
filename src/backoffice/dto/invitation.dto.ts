import { Transform } from 'class-transformer';
import { IsEmail, IsIn, MaxLength } from 'class-validator';
import type { StaffRole } from '../../infra/web/viewer.js';

export const staffRoles: readonly StaffRole[] = ['admin', 'manager', 'operator', 'accountant'];

export class InvitationDto {
  @IsEmail()
  @MaxLength(254)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  email!: string;

  @IsIn(staffRoles, { context: { code: 'choose' } })
  role!: StaffRole;
}
