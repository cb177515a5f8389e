import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { type ChosenOutcome, DIAL_RESULTS, type DialResult, OUTCOMES } from '../../support/callbacks/callback.js';
import { WholeNumber } from '../dto/whole-number.js';

const trimmed = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.trim() : value);

function OptionalNote(longest: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() || undefined : value)),
    IsOptional(),
    IsString(),
    MaxLength(longest),
  );
}

/** What the clerk saw when they pressed the button. */
export class SeenDto {
  @WholeNumber(1, 1_000_000_000)
  version!: number;
}

export class DialDto extends SeenDto {
  @IsIn(DIAL_RESULTS, { context: { code: 'callback_result' } })
  result!: DialResult;

  /** Not needed for a wrong number. */
  @IsOptional()
  @IsString()
  @MaxLength(40, { context: { code: 'callback_slot' } })
  nextTry?: string;

  @OptionalNote(500)
  dialNote?: string;
}

export class CompletionDto extends SeenDto {
  @IsIn(OUTCOMES, { context: { code: 'callback_outcome' } })
  outcome!: ChosenOutcome;

  @OptionalNote(500)
  outcomeNote?: string;
}

export class CommentDto {
  @Transform(trimmed)
  @IsString({ context: { code: 'isNotEmpty' } })
  @IsNotEmpty()
  @MaxLength(1000)
  comment!: string;
}
