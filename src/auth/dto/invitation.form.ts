import { Transform } from 'class-transformer';
import { IsString, Length } from 'class-validator';
import { NewPasswordForm } from './new-password.form.js';

export class InvitationForm extends NewPasswordForm {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @Length(1, 100, { context: { code: 'name_required' } })
  @IsString({ context: { code: 'name_required' } })
  name!: string;
}
