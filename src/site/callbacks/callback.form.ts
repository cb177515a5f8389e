import { Transform } from 'class-transformer';
import { Equals, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IsDialablePhone } from '../../shared/is-phone.js';
import { PERSON_NAME } from '../../shared/person-name.js';
import { type CallbackTopic, TOPICS } from '../../support/callbacks/callback.js';

/** `soon`, or the beginning of a slot. */
export class WhenForm {
  @IsString({ context: { code: 'callback_slot' } })
  @MaxLength(40, { context: { code: 'callback_slot' } })
  when!: string;
}

export class CallbackForm extends WhenForm {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') || null : value,
  )
  @Matches(PERSON_NAME, { context: { code: 'name_letters' } })
  @MaxLength(60)
  name?: string | null;

  @IsDialablePhone()
  phone!: string;

  @IsIn(TOPICS, { context: { code: 'callback_topic' } })
  topic!: CallbackTopic;

  /** A box of its own, never ticked beforehand (152-ФЗ). */
  @Transform(({ value }: { value: unknown }) => value === 'on')
  @Equals(true, { context: { code: 'consent_needed' } })
  callbackConsent!: boolean;
}
