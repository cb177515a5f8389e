import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsDefined } from 'class-validator';
import { CATEGORY_HELP } from './answers.js';
import { IsDecimalUpTo, IsListOf, IsMoment, IsPart, IsPlainText, IsRedeem, Optional } from './constraints.js';

export const MOST_LINES = 1000;
const MOST_MONEY = '9999999.99';

export const MOST_QUANTITY = '9999999.999';

export class ReceiptDto {
  @IsPlainText(64)
  number!: string;

  @IsMoment()
  at!: string;
}

export class LineDto {
  /** One of the five categories, or the station's own code for one of them. */
  @IsPlainText(64)
  @ApiProperty({ description: CATEGORY_HELP, example: 'fuel' })
  category!: string;

  /** What counts; price × quantity may differ from it by a kopeck. */
  @IsDecimalUpTo(MOST_MONEY, 2)
  sum!: string;

  @Optional()
  @IsPlainText(64)
  sku?: string | null;

  @Optional()
  @IsPlainText(256)
  name?: string | null;

  @Optional()
  @IsDecimalUpTo(MOST_MONEY, 2)
  price?: string | null;

  @Optional()
  @IsDecimalUpTo(MOST_QUANTITY, 3)
  quantity?: string | null;
}

export class CashierDto {
  @Optional()
  @IsPlainText(64)
  cashier?: string | null;
}

export class PurchaseDto extends CashierDto {
  /** The card's 13 digits, the QR code of the owner's phone as it was read, or their phone number. */
  @IsPlainText(256)
  card!: string;

  @IsDefined()
  @IsPart(ReceiptDto)
  receipt!: ReceiptDto;

  @IsListOf(LineDto, MOST_LINES)
  lines!: LineDto[];

  @Optional()
  @IsRedeem()
  redeem?: string | null;

  /** The code that the customer's phone shows, or the code that came to it by SMS after `proof_required`. */
  @Optional()
  @IsPlainText(256)
  proof?: string | null;

  /** Points are reserved for 15 minutes, until the purchase is confirmed or cancelled. */
  @Optional()
  @IsBoolean({ context: { code: 'boolean' } })
  @ApiPropertyOptional({ type: Boolean, default: false })
  hold?: boolean | null;
}
