import { IsDefined } from 'class-validator';
import { IsDecimalUpTo, IsLineIndex, IsListOf, IsPart, MoreThanNothing, Optional } from './constraints.js';
import { CashierDto, LineDto, MOST_LINES, MOST_QUANTITY, ReceiptDto } from './purchase.dto.js';

/** What the pump delivered in the end; what is left out stays as it was authorised. */
export class ConfirmDto extends CashierDto {
  @Optional()
  @IsPart(ReceiptDto)
  receipt?: ReceiptDto | null;

  @Optional()
  @IsListOf(LineDto, MOST_LINES)
  lines?: LineDto[] | null;
}

export class ReturnedLineDto {
  @IsLineIndex()
  index!: number;

  /** A line without a quantity counts as 1. */
  @MoreThanNothing(3)
  @IsDecimalUpTo(MOST_QUANTITY, 3)
  quantity!: string;
}

/** Either `sum` or `lines`. */
export class RefundDto extends CashierDto {
  @IsDefined()
  @IsPart(ReceiptDto)
  receipt!: ReceiptDto;

  @Optional()
  @MoreThanNothing(2)
  // A thousand lines of the dearest kind.
  @IsDecimalUpTo('9999999990.00', 2)
  sum?: string | null;

  @Optional()
  @IsListOf(ReturnedLineDto, MOST_LINES)
  lines?: ReturnedLineDto[] | null;
}
