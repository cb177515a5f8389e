import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import { IsKey } from './constraints.js';

export const batchCalls = ['purchase', 'sale', 'refund', 'confirm', 'cancel'] as const;
export type BatchCall = (typeof batchCalls)[number];

export const MOST_ITEMS = 500;

export class BatchItemDto {
  @IsKey()
  key!: string;

  @ApiProperty({ enum: batchCalls })
  @IsIn(batchCalls, { context: { code: 'batch_call' } })
  call!: BatchCall;

  /** As of the call by itself; besides `card` of a sale, `purchase` or `purchaseKey` of what follows a purchase. */
  @ApiProperty({ type: Object })
  @IsObject()
  body!: Record<string, unknown>;
}

export class BatchDto {
  @ApiProperty({ type: [BatchItemDto], maxItems: MOST_ITEMS })
  @Type(() => BatchItemDto)
  @ValidateNested({ each: true })
  @IsObject({ each: true })
  @ArrayMaxSize(MOST_ITEMS)
  @IsArray({ context: { code: 'list' } })
  items!: BatchItemDto[];
}
