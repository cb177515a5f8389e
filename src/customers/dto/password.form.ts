import { IsOptional, IsString, MaxLength } from 'class-validator';
import { NewPasswordForm } from '../../auth/dto/new-password.form.js';

export class PasswordForm extends NewPasswordForm {
  /** Absent where none was set yet. */
  @IsOptional()
  @MaxLength(1000, { context: { code: 'password_long' } })
  @IsString({ context: { code: 'password_required' } })
  currentPassword?: string;
}
