import { Transform } from 'class-transformer';
import { Equals, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { OptionalTidy, Ticked, tidy } from '../../orders/dto/tidy.js';
import { ContactForm } from '../../orders/dto/wish.form.js';
import { WholeNumber } from '../dto/whole-number.js';

export const TOLD_BY = ['voice', 'paper'] as const;
const TARIFF = /^[a-z0-9_-]{1,80}$/;

/** «Новая заявка»: what somebody says on the phone or at the office. */
export class OrderEntryForm extends ContactForm {
  @IsUUID(undefined, { context: { code: 'choose' } })
  formId!: string;

  /** Whom the page said the phone belongs to. */
  @IsOptional()
  @Transform(tidy)
  @IsUUID(undefined, { context: { code: 'choose' } })
  customer?: string;

  @Matches(TARIFF, { context: { code: 'choose' } })
  tariff!: string;

  @OptionalTidy(120)
  usedBy?: string;

  @OptionalTidy(500)
  comment?: string;

  @IsIn(TOLD_BY, { context: { code: 'order_consent_means' } })
  consentMeans!: (typeof TOLD_BY)[number];

  /** A clerk's word that the person heard or read the text and agreed. */
  @Ticked()
  @Equals(true, { context: { code: 'consent_needed' } })
  orderConsent!: boolean;
}

/** «Изменить заявку». */
export class OrderEditForm extends ContactForm {
  @WholeNumber(1, 1_000_000_000)
  revision!: number;

  @Matches(TARIFF, { context: { code: 'choose' } })
  tariff!: string;
}
