import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Equals, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { ORDER_STATES, type OrderState, REFUSALS, type Refusal } from '../../orders/order.js';
import { Ticked } from '../../orders/dto/tidy.js';
import { DigitsOnly } from '../../customers/companies/digits-only.js';
import { IsCalendarMoment } from '../../shared/calendar-day.js';
import { IsPhone } from '../../shared/is-phone.js';
import { PERSON_NAME } from '../../shared/person-name.js';
import { SeenDto } from '../dto/seen.dto.js';

const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim() || undefined : value;

function Name(): PropertyDecorator {
  return applyDecorators(
    Transform(tidy),
    IsString({ context: { code: 'isNotEmpty' } }),
    MaxLength(60),
    Matches(PERSON_NAME, { context: { code: 'name_letters' } }),
  );
}

export class CallDto extends SeenDto {
  /** `2026-06-15T12:30` in TIME_ZONE; empty where nobody needs to call. */
  @IsOptional()
  @Transform(tidy)
  @IsCalendarMoment('order_call_time')
  callAt?: string;
}

export class CommentDto {
  @Transform(tidy)
  @MaxLength(1000)
  @IsString({ context: { code: 'isNotEmpty' } })
  comment!: string;
}

type Reachable = Exclude<OrderState, 'handed_over' | 'active'>;
const REACHABLE = ORDER_STATES.filter((state): state is Reachable => state !== 'handed_over' && state !== 'active');

export class MoveDto extends SeenDto {
  @IsIn(REACHABLE, { context: { code: 'order_move' } })
  to!: Reachable;

  @IsOptional()
  @Transform(tidy)
  @IsIn(REFUSALS, { context: { code: 'order_refusal' } })
  refusal?: Refusal;

  @IsOptional()
  @Transform(tidy)
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class ReservationDto extends SeenDto {
  @IsUUID(undefined, { context: { code: 'order_sim' } })
  sim!: string;
}

export class HandOverDto extends SeenDto {
  @Name()
  surname!: string;

  @Name()
  name!: string;

  @IsOptional()
  @Name()
  patronymic?: string;

  @IsOptional()
  @Transform(tidy)
  @MaxLength(120)
  @IsString()
  usedBy?: string;

  /** Of a company. */
  @IsOptional()
  @DigitsOnly()
  @MaxLength(12, { context: { code: 'inn_shape' } })
  @IsString({ context: { code: 'inn_shape' } })
  inn?: string | null;

  /** A clerk's word that the name in the profile is another name of the same person. */
  @IsOptional()
  @Ticked()
  @IsBoolean()
  samePerson?: boolean;

  /** A clerk's word that the number is for the company with this INN, whatever name the order has. */
  @IsOptional()
  @Ticked()
  @IsBoolean()
  forCompany?: boolean;

  /** A clerk's word that they have looked at the document. */
  @Transform(({ value }: { value: unknown }) => value === 'on')
  @Equals(true, { context: { code: 'order_document' } })
  documentChecked!: boolean;
}

/** Of a card whose number was chosen at registration. */
export class NumberedHandOverDto extends HandOverDto {
  @IsPhone()
  number!: string;
}

export class PileAssignmentDto {
  @IsUUID(undefined, { context: { code: 'choose' } })
  pileAssignee!: string;
}

export class PileCallDto {
  @IsCalendarMoment('order_call_time')
  callAt!: string;
}
