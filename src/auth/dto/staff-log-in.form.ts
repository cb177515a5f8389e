import { Transform } from 'class-transformer';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { LONGEST_PASSWORD } from '../passwords/password.rules.js';

export class StaffLogInForm {
  // Spaces around come with copying.
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @MaxLength(254)
  @IsEmail()
  @Length(1, undefined, { context: { code: 'email_required' } })
  @IsString({ context: { code: 'email_required' } })
  email!: string;

  @Length(1, LONGEST_PASSWORD, { context: { code: 'password_required' } })
  @IsString({ context: { code: 'password_required' } })
  password!: string;

  @IsOptional()
  @IsString()
  back?: string;
}
