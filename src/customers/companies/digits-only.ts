import { Transform } from 'class-transformer';

/** Numbers are copied with spaces and dashes in them; nothing left is nothing said, null. */
export function DigitsOnly(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFKC').replace(/[\s\p{Pd}]+/gu, '') || null : value,
  );
}
