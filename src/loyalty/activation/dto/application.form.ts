import { Transform } from 'class-transformer';
import { Equals, IsOptional, Matches, ValidateBy } from 'class-validator';
import { PersonForm } from '../../../customers/dto/person.form.js';
import { IsCalendarDay } from '../../../shared/calendar-day.js';
import { cardDigits, isEan13 } from '../../../shared/ean13.js';
import { IsPhone } from '../../../shared/is-phone.js';

const ticked = ({ value }: { value: unknown }): boolean => value === 'on' || value === 'true' || value === '1';

/** A person who wants a card: who they are, where the code goes, what they agree to. */
export class ApplicationForm extends PersonForm {
  @IsPhone()
  phone!: string;

  /** The programme's rules and the processing of personal data, each by its own unticked box (152-ФЗ). */
  @Transform(ticked)
  @Equals(true, { context: { code: 'consent_needed' } })
  rulesConsent!: boolean;

  @Transform(ticked)
  @Equals(true, { context: { code: 'consent_needed' } })
  personalDataConsent!: boolean;

  @IsOptional()
  @Transform(ticked)
  mailings?: boolean;
}

/** The same with the number of the plastic, and a proof that it is in their hands where one is asked for. */
export class ActivationPageForm extends ApplicationForm {
  /** Spaces and dashes are as good. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? cardDigits(value) : value))
  @ValidateBy({ name: 'card_number_required', validator: { validate: (value) => !isEmpty(value) } })
  @ValidateBy({ name: 'card_number', validator: { validate: (value) => isEmpty(value) || isEan13(String(value)) } })
  card!: string;

  @IsOptional()
  @Transform(emptyToNull)
  @Matches(/^\s*(\d\s*){6}$/, { context: { code: 'possession_code' } })
  possessionCode?: string | null;

  @IsOptional()
  @Transform(emptyToNull)
  @IsCalendarDay()
  receiptDate?: string | null;

  /** `1250,50`, `1 250.5`: as people write sums. */
  @IsOptional()
  @Transform(emptyToNull)
  @Matches(/^[\d\s]{1,12}([.,]\d{1,2})?$/, { context: { code: 'sum' } })
  receiptSum?: string | null;
}

function isEmpty(value: unknown): boolean {
  return typeof value !== 'string' || value === '';
}

function emptyToNull({ value }: { value: unknown }): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}
