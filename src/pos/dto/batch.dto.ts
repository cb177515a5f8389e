import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject } from 'class-validator';
import { IsKey, IsListOf } from './constraints.js';

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
  @IsListOf(BatchItemDto, MOST_ITEMS, 0)
  items!: BatchItemDto[];
}
