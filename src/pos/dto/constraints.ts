import { applyDecorators, type Type as ClassOf } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsOptional,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { DateTime } from 'luxon';
import { parseDecimal } from '../../shared/decimal.js';

/** No control characters, which no till means and PostgreSQL or a printer may choke on, and no halves of characters. */
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;
const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** A day that every month has and an hour that every day has: the calendar need not be asked. */
const ORDINARY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d|\D)/;

/** A constraint named after the text of its message, `errors:fields.<code>`, with what that text mentions. */
function constraint(code: string, test: (value: unknown) => boolean, context: Record<string, unknown> = {}) {
  // Without a message of its own, class-validator drops the context.
  const options: ValidationOptions = { message: code, context: { code, params: context } };
  return ValidateBy({ name: code, validator: { validate: test } }, options);
}

/** May be left out or null; stands above what is asked of a given value. */
export function Optional(): PropertyDecorator {
  return applyDecorators(IsOptional(), ApiPropertyOptional());
}

/** An object of its own fields. */
export function IsPart(part: ClassOf): PropertyDecorator {
  return applyDecorators(
    Type(() => part),
    ValidateNested(),
    IsObject(),
    ApiProperty({ type: part }),
  );
}

/** From `fewest` to `most` objects of their own fields. */
export function IsListOf(item: ClassOf, most: number, fewest = 1): PropertyDecorator {
  return applyDecorators(
    IsArray({ context: { code: 'list' } }),
    ArrayMinSize(fewest),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => item),
    ApiProperty({ type: [item], ...(fewest > 0 && { minItems: fewest }), maxItems: most }),
  );
}

/** Money, points and quantities: a string with at most `places` decimals, from 0 to `max`. */
export function IsDecimalUpTo(max: string, places: number): PropertyDecorator {
  const limit = parseDecimal(max, places)!;
  return applyDecorators(
    ApiProperty({ type: String, pattern: `^(0|[1-9]\\d*)(\\.\\d{1,${places}})?$`, example: '1250.50' }),
    constraint(
      'decimal',
      (value) => {
        const units = typeof value === 'string' ? parseDecimal(value, places) : null;
        return units !== null && units <= limit;
      },
      { max, places },
    ),
  );
}

/** A line of text from 1 to `max` characters. */
export function IsPlainText(max: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: max }),
    constraint('plain_text', (value) => isPlainText(value, max), { max }),
  );
}

export function isPlainText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length >= 1 && [...value].length <= max && PLAIN.test(value);
}

/** A moment, ISO 8601 with its zone. */
export function IsMoment(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, format: 'date-time', example: '2026-11-22T12:15:00+03:00' }),
    constraint(
      'moment',
      (value) =>
        typeof value === 'string' &&
        ISO_WITH_ZONE.test(value) &&
        (ORDINARY.test(value) || DateTime.fromISO(value).isValid),
    ),
  );
}

/** `max`, or points as a decimal string. */
export function IsRedeem(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, default: '0.00', example: 'max' }),
    constraint('redeem', (value) => value === 'max' || (typeof value === 'string' && parseDecimal(value, 2) !== null)),
  );
}

/** Beside `IsDecimalUpTo`: nothing is not enough. */
export function MoreThanNothing(places: number): PropertyDecorator {
  return constraint('more_than_nothing', (value) => typeof value !== 'string' || parseDecimal(value, places) !== 0n);
}

/** The place of a line in its purchase, from 0. */
export function IsLineIndex(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: 0, example: 0 }),
    constraint('line_index', (value) => Number.isSafeInteger(value) && (value as number) >= 0),
  );
}

/** What an Idempotency-Key is made of: 1 to 64 visible ASCII characters. */
export const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/;

export function IsKey(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 64 }),
    constraint('batch_key', (value) => typeof value === 'string' && KEY.test(value)),
  );
}
