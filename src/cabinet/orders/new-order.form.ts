import { IsBoolean, IsIn, IsOptional, IsUUID, Matches, ValidateIf } from 'class-validator';
import { MOST_CARDS } from '../../orders/application/cabinet-orders.service.js';
import { OptionalTidy, Ticked, Tidy } from '../../orders/dto/tidy.js';
import { WishForm } from '../../orders/dto/wish.form.js';

export const COUNTS = Array.from({ length: MOST_CARDS }, (_, index) => String(index + 1));
export const USERS = ['self', 'other'] as const;

/** «Ещё SIM-карта или eSIM»: name and phone come from the profile. */
export class NewOrderForm extends WishForm {
  @IsUUID(undefined, { context: { code: 'choose' } })
  formId!: string;

  @Matches(/^[a-z0-9_-]{1,80}$/, { context: { code: 'choose' } })
  tariff!: string;

  @IsIn(COUNTS, { context: { code: 'choose' } })
  count!: string;

  @IsIn(USERS, { context: { code: 'choose' } })
  who!: (typeof USERS)[number];

  @ValidateIf(({ who }: NewOrderForm) => who === 'other')
  @Tidy(120)
  usedBy?: string;

  @OptionalTidy(500)
  comment?: string;

  /** Not asked of whoever agreed to the same text before. */
  @IsOptional()
  @Ticked()
  @IsBoolean()
  orderConsent?: boolean;
}
