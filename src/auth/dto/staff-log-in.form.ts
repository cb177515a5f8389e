import { IsEmail, IsString, Length, MaxLength } from 'class-validator';
import { Trimmed } from '../../infra/web/tidy.js';
import { PasswordEntryForm } from './password-entry.form.js';

export class StaffLogInForm extends PasswordEntryForm {
  @Trimmed()
  @MaxLength(254)
  @IsEmail()
  @Length(1, undefined, { context: { code: 'email_required' } })
  @IsString({ context: { code: 'email_required' } })
  email!: string;
}
