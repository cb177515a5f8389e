import type { FieldError } from '../shared/domain-error.js';

/** For so long promotions know no birthday of somebody who changed theirs. */
export const CHANGED_BIRTH_DATE_DAYS = 365;
const LONGEST_LIFE_YEARS = 120;

/** A birth date lies behind us, and not before anybody alive was born; `today` is `2026-11-22`. */
export function birthDateFault(birthDate: string | null | undefined, today: string): FieldError | null {
  if (!birthDate) return null;
  const oldest = `${Number(today.slice(0, 4)) - LONGEST_LIFE_YEARS}${today.slice(4)}`;
  return birthDate > today || birthDate < oldest ? { path: 'birthDate', code: 'birth_date' } : null;
}

/**
 * The day on which the birth date was changed, if it was. One that is told where none ever was counts as the first; one
 * that was taken away and told again does not.
 */
export function changedOn(
  before: { birthDate: string | null; birthDateChangedOn: string | null },
  next: string | null,
  today: string,
): string | null {
  const first = before.birthDate === null && before.birthDateChangedOn === null;
  return first || next === before.birthDate ? before.birthDateChangedOn : today;
}

/** `2027-11-22`: from when on promotions count a date changed on that day. */
export function countsFrom(changed: string): string {
  return new Date(Date.parse(changed) + CHANGED_BIRTH_DATE_DAYS * 86_400_000).toISOString().slice(0, 10);
}
