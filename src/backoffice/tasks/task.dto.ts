import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { TASK_CHANNELS, type TaskChannel } from '../../tasks/operator-task.js';
import { SeenDto } from '../dto/seen.dto.js';
import { WholeNumber } from '../dto/whole-number.js';

const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim() || undefined : value;

function Words(longest: number): PropertyDecorator {
  return applyDecorators(
    Transform(tidy),
    IsString({ context: { code: 'isNotEmpty' } }),
    IsNotEmpty(),
    MaxLength(longest),
  );
}

function OptionalWords(longest: number): PropertyDecorator {
  return applyDecorators(Transform(tidy), IsOptional(), IsString(), MaxLength(longest));
}

export class SendingDto extends SeenDto {
  @OptionalWords(100)
  sentAs?: string;
}

export class CompletionDto extends SeenDto {
  @OptionalWords(1000)
  words?: string;

  @OptionalWords(100)
  reference?: string;
}

export class FailureDto extends SeenDto {
  @Words(1000)
  failure!: string;
}

export class RefusalDto extends SeenDto {
  @Words(1000)
  refusal!: string;
}

export class CancellationDto extends SeenDto {
  @Words(1000)
  reason!: string;
}

export class CommentDto {
  @Words(1000)
  comment!: string;
}

export class PileSendingDto {
  @OptionalWords(100)
  sentAs?: string;
}

export class ChannelDto {
  @IsIn(TASK_CHANNELS, { context: { code: 'choose' } })
  channel!: TaskChannel;

  @WholeNumber(5, 43_200)
  promiseMinutes!: number;

  /** 0 where nothing was agreed yet. */
  @WholeNumber(0, 1_000_000_000)
  revision!: number;
}

export class InstructionDto {
  @Words(2000)
  words!: string;

  @WholeNumber(0, 1_000_000_000)
  revision!: number;
}

export class DropDto {
  @WholeNumber(1, 1_000_000_000)
  revision!: number;
}
