import { Transform } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { IsPhone } from '../../shared/is-phone.js';
import { type SimKind, simKinds } from '../../sims/stock/sim-state.js';
import type { Application, Wish } from '../application/application.js';
import { type Way, WAYS } from '../order.js';
import { OptionalTidy, Ticked, Tidy, tidy } from './tidy.js';

/** Which card, and how it comes to the customer: in every form that orders one. */
export class WishForm {
  @IsOptional()
  @Ticked()
  @IsBoolean()
  foreignCitizen?: boolean;

  @IsIn(WAYS, { context: { code: 'order_way' } })
  way!: Way;

  @ValidateIf(({ way }: WishForm) => way === 'delivery')
  @Transform(tidy)
  @MaxLength(300)
  @IsString({ context: { code: 'order_address' } })
  address?: string;

  @ValidateIf(({ way }: WishForm) => way === 'pickup')
  @IsUUID(undefined, { context: { code: 'order_office' } })
  office?: string;

  @IsIn(simKinds, { context: { code: 'order_sim_kind' } })
  simKind!: SimKind;

  @OptionalTidy(60)
  wantedNumber?: string;
}

/** With whom it is for, where we do not know them by their cabinet. */
export class ContactForm extends WishForm {
  @Tidy(120)
  name!: string;

  @OptionalTidy(120)
  company?: string;

  @IsPhone()
  phone!: string;

  @IsOptional()
  @Transform(tidy)
  @IsEmail()
  @MaxLength(254)
  email?: string;
}

/** The form's answers as an application says them. */
export function wishOf(form: WishForm): Wish {
  const { foreignCitizen = false, way, address = null, office = null, simKind, wantedNumber = null } = form;
  const where = way === 'delivery' ? { address, officeId: null } : { address: null, officeId: office };
  return { foreignCitizen, way, ...where, simKind, wantedNumber };
}

export function contactOf(form: ContactForm): Wish & Pick<Application, 'name' | 'company' | 'phone' | 'email'> {
  const { name, company = null, phone, email = null } = form;
  return { name, company, phone, email, ...wishOf(form) };
}
