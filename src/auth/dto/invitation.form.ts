import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';
import { PERSON_NAME } from '../../shared/person-name.js';
import { NewPasswordForm } from './new-password.form.js';

export class InvitationForm extends NewPasswordForm {
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') : value,
  )
  @Matches(PERSON_NAME, { context: { code: 'name_letters' } })
  @Length(1, 100, { context: { code: 'name_required' } })
  @IsString({ context: { code: 'name_required' } })
  name!: string;
}
