import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { Trimmed } from '../../infra/web/tidy.js';
import { LONGEST_PASSWORD } from '../passwords/password.rules.js';

export class StaffLogInForm {
  @Trimmed()
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
