import { IsPhone } from '../../shared/is-phone.js';
import { PasswordEntryForm } from './password-entry.form.js';

export class LogInForm extends PasswordEntryForm {
  @IsPhone()
  phone!: string;
}
