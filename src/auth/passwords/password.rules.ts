import { COMMON_PASSWORDS } from './common-passwords.js';

export const CUSTOMER_PASSWORD_LENGTH = 8;
export const STAFF_PASSWORD_LENGTH = 15;
export const LONGEST_PASSWORD = 128;

export type PasswordFault =
  'password_required' | 'password_short' | 'password_long' | 'password_common' | 'password_own_name';

/**
 * What is wrong with a new password, or null. Any characters are welcome and none is demanded: length and not being
 * on everybody's list is what counts (NIST SP 800-63B). `own` is what a guesser knows first: phone, e-mail, name.
 */
export function passwordFault(password: string, shortest: number, own: readonly string[] = []): PasswordFault | null {
  const length = [...password].length;
  if (length === 0) return 'password_required';
  if (length < shortest) return 'password_short';
  if (length > LONGEST_PASSWORD) return 'password_long';
  const folded = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(folded) || /^(.+?)\1+$/u.test(folded)) return 'password_common';
  return own.some((word) => isMostly(folded, word)) ? 'password_own_name' : null;
}

/** `+7 921 123-45-67` as a password is that phone however it is spelled; so is an e-mail before its @. */
function isMostly(folded: string, word: string): boolean {
  const digits = word.replace(/\D/g, '');
  if (digits.length >= 10) return folded.replace(/[^\p{L}\p{N}]/gu, '').endsWith(digits.slice(-10));
  const name = (word.split('@')[0] ?? '').toLowerCase();
  return folded === word.toLowerCase() || (name.length > 0 && folded === name);
}
