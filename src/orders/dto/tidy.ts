import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** In one line without blanks around it; nothing where nothing is left. */
export const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') || undefined : value;

export function Tidy(longest: number): PropertyDecorator {
  // The first of them that does not hold is told.
  return applyDecorators(Transform(tidy), IsString({ context: { code: 'isNotEmpty' } }), MaxLength(longest));
}

export function OptionalTidy(longest: number): PropertyDecorator {
  return applyDecorators(IsOptional(), Tidy(longest));
}

/** A box that is not ticked is not sent. */
export function Ticked(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => value === 'on');
}
