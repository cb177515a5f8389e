import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';
import { NewPasswordForm } from './new-password.form.js';

export class InvitationForm extends NewPasswordForm {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { context: { code: 'name_letters' } })
  @Length(1, 100, { context: { code: 'name_required' } })
  @IsString({ context: { code: 'name_required' } })
  name!: string;
}
