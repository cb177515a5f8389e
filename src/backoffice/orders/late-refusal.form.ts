import { Transform } from 'class-transformer';
import { IsIn, Matches, MaxLength, ValidateIf, IsString } from 'class-validator';
import { REFUSALS, type Refusal } from '../../orders/order.js';
import { tidy } from '../../orders/dto/tidy.js';
import { SeenDto } from '../dto/seen.dto.js';

export const CARD_FATES = ['returned', 'kept'] as const;

/** «Оператор отказал» where the customer has the card already. */
export class LateRefusalForm extends SeenDto {
  @IsIn(REFUSALS, { context: { code: 'order_refusal' } })
  refusal!: Refusal;

  @Transform(tidy)
  @MaxLength(500)
  @IsString({ context: { code: 'isNotEmpty' } })
  reason!: string;

  /** What stays with the customer is written off. */
  @IsIn(CARD_FATES, { context: { code: 'choose' } })
  card!: (typeof CARD_FATES)[number];

  @ValidateIf(({ card }: LateRefusalForm) => card === 'returned')
  @Matches(/^(office|staff):[0-9a-f-]{36}$/, { context: { code: 'choose' } })
  place?: string;
}
