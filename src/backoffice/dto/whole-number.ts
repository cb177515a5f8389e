import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** A whole number written in digits alone: `1e3` and `0x10` are slips of the keyboard. */
export function WholeNumber(from: number, to: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value,
    ),
    IsInt(),
    Min(from),
    Max(to),
  );
}
