import { IsOptional, IsString, Length } from 'class-validator';
import { LONGEST_PASSWORD } from '../passwords/password.rules.js';

/** What both log-ins ask besides the name. */
export class PasswordEntryForm {
  @Length(1, LONGEST_PASSWORD, { context: { code: 'password_required' } })
  @IsString({ context: { code: 'password_required' } })
  password!: string;

  /** Where to go afterwards. */
  @IsOptional()
  @IsString()
  back?: string;
}
