import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** What may be left empty: trimmed, nothing that cannot be seen but line ends where `lines` are allowed. */
export function Typed(longest: number, { lines = false } = {}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      const trimmed = value.trim().replace(/\r\n?/g, '\n');
      return trimmed === '' ? undefined : trimmed;
    }),
    IsOptional(),
    IsString({ context: { code: 'invalid' } }),
    MaxLength(longest),
    Matches(lines ? /^[\P{C}\n]*$/u : /^\P{C}*$/u, { context: { code: 'invalid' } }),
  );
}
