import { IsOptional, IsString, Length } from 'class-validator';
import { LONGEST_PASSWORD } from '../passwords/password.rules.js';

export class StaffLogInForm {
  @Length(1, 254, { context: { code: 'email_required' } })
  @IsString({ context: { code: 'email_required' } })
  email!: string;

  @Length(1, LONGEST_PASSWORD, { context: { code: 'password_required' } })
  @IsString({ context: { code: 'password_required' } })
  password!: string;

  @IsOptional()
  @IsString()
  back?: string;
}
