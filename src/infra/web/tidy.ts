import { Transform } from 'class-transformer';

/** Of what was typed into one line: spaces around and doubled inside go; nothing left is nothing said, null. */
export function Tidy(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') || null : value,
  );
}

/** Spaces around come with copying. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
