import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Equals, IsBoolean, IsEmail, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { IsPhone } from '../../shared/is-phone.js';
import { type Way, WAYS } from '../../orders/order.js';
import { type SimKind, simKinds } from '../../sims/stock/sim-state.js';

const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') || undefined : value;

function Tidy(longest: number): PropertyDecorator {
  return applyDecorators(Transform(tidy), MaxLength(longest), IsString({ context: { code: 'isNotEmpty' } }));
}

function OptionalTidy(longest: number): PropertyDecorator {
  return applyDecorators(IsOptional(), Tidy(longest));
}

/** «Подключить номер» on a tariff's page. */
export class OrderForm {
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

  /** A box that is not ticked is not sent. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value === 'on')
  @IsBoolean()
  foreignCitizen?: boolean;

  @IsIn(WAYS, { context: { code: 'order_way' } })
  way!: Way;

  @ValidateIf(({ way }: OrderForm) => way === 'delivery')
  @Transform(tidy)
  @MaxLength(300)
  @IsString({ context: { code: 'order_address' } })
  address?: string;

  @ValidateIf(({ way }: OrderForm) => way === 'pickup')
  @IsUUID(undefined, { context: { code: 'order_office' } })
  office?: string;

  @IsIn(simKinds, { context: { code: 'order_sim_kind' } })
  simKind!: SimKind;

  @OptionalTidy(60)
  wantedNumber?: string;

  @OptionalTidy(500)
  comment?: string;

  /** A box of its own, never ticked beforehand (152-ФЗ). */
  @Transform(({ value }: { value: unknown }) => value === 'on')
  @Equals(true, { context: { code: 'consent_needed' } })
  orderConsent!: boolean;
}
