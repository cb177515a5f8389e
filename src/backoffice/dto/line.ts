import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

/** One line of text that must be there: trimmed, no line ends, nothing that cannot be seen. */
export function Line(longest: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim().replace(/\s+/gu, ' ') : value,
    ),
    IsString({ context: { code: 'isNotEmpty' } }),
    IsNotEmpty(),
    MaxLength(longest),
    Matches(/^\P{C}*$/u, { context: { code: 'invalid' } }),
  );
}
