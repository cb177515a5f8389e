import type { FieldError } from '../shared/domain-error.js';

const LONGEST_LIFE_YEARS = 120;

/** A birth date lies behind us, and not before anybody alive was born; `today` is `2026-11-22`. */
export function birthDateFault(birthDate: string | null | undefined, today: string): FieldError | null {
  if (!birthDate) return null;
  const oldest = `${Number(today.slice(0, 4)) - LONGEST_LIFE_YEARS}${today.slice(4)}`;
  return birthDate > today || birthDate < oldest ? { path: 'birthDate', code: 'birth_date' } : null;
}
