import { IsString, MaxLength } from 'class-validator';

export class NewPasswordForm {
  // The rules themselves stand in password.rules: they need to know whose password it is.
  @MaxLength(1000, { context: { code: 'password_long' } })
  @IsString({ context: { code: 'password_required' } })
  password!: string;
}
