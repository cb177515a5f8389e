import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsObject, ValidateNested } from 'class-validator';
import { IsDecimalUpTo, IsLineIndex, MoreThanNothing, Optional } from './constraints.js';
import { CashierDto, LineDto, MOST_LINES, MOST_QUANTITY, ReceiptDto } from './purchase.dto.js';

/** What the pump delivered in the end; what is left out stays as it was authorised. */
export class ConfirmDto extends CashierDto {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReceiptDto)
  @ApiPropertyOptional({ type: ReceiptDto })
  receipt?: ReceiptDto | null;

  @Optional()
  @ApiPropertyOptional({ type: [LineDto], minItems: 1, maxItems: MOST_LINES })
  @Type(() => LineDto)
  @ValidateNested({ each: true })
  @IsObject({ each: true })
  @ArrayMaxSize(MOST_LINES)
  @ArrayMinSize(1)
  @IsArray({ context: { code: 'list' } })
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
  @IsObject()
  @ValidateNested()
  @Type(() => ReceiptDto)
  @ApiProperty()
  receipt!: ReceiptDto;

  @Optional()
  @MoreThanNothing(2)
  // A thousand lines of the dearest kind.
  @IsDecimalUpTo('9999999990.00', 2)
  sum?: string | null;

  @Optional()
  @ApiPropertyOptional({ type: [ReturnedLineDto], minItems: 1, maxItems: MOST_LINES })
  @Type(() => ReturnedLineDto)
  @ValidateNested({ each: true })
  @IsObject({ each: true })
  @ArrayMaxSize(MOST_LINES)
  @ArrayMinSize(1)
  @IsArray({ context: { code: 'list' } })
  lines?: ReturnedLineDto[] | null;
}
