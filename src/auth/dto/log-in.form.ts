import { IsOptional, IsString, Length } from 'class-validator';
import { IsPhone } from '../../shared/is-phone.js';
import { LONGEST_PASSWORD } from '../passwords/password.rules.js';

export class LogInForm {
  @IsPhone()
  phone!: string;

  @Length(1, LONGEST_PASSWORD, { context: { code: 'password_required' } })
  @IsString({ context: { code: 'password_required' } })
  password!: string;

  @IsOptional()
  @IsString()
  back?: string;
}
