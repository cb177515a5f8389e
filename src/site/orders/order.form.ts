import { Equals } from 'class-validator';
import { OptionalTidy, Ticked } from '../../orders/dto/tidy.js';
import { ContactForm } from '../../orders/dto/wish.form.js';

/** «Подключить номер» on a tariff's page. */
export class OrderForm extends ContactForm {
  @OptionalTidy(500)
  comment?: string;

  /** A box of its own, never ticked beforehand (152-ФЗ). */
  @Ticked()
  @Equals(true, { context: { code: 'consent_needed' } })
  orderConsent!: boolean;
}
