import { IsIn } from 'class-validator';
import { LANGUAGES, type Language } from '../../infra/i18n/texts.js';
import { PersonForm } from './person.form.js';

export class ProfileForm extends PersonForm {
  @IsIn(LANGUAGES)
  language!: Language;
}
