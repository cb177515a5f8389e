import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import mobileNumbers from 'libphonenumber-js/mobile/metadata';

export type PhoneFault = 'phone_required' | 'phone_invalid' | 'phone_foreign';

/** Countries whose mobile numbers get messages. Kazakhstan shares +7 and is not among them by default. */
const HOME: readonly string[] = ['RU'];

const LONGEST_SPELLING = 40;
const SUBSCRIBER_DIGITS = 4;

/**
 * Any usual spelling of a mobile number as E.164 (`+79211234567`), or what is wrong with it.
 * `8921…`, `7921…`, `+7 921…` and `921…` are one number; spaces, brackets and dashes of every kind are ignored.
 */
export function readPhone(
  spelling: unknown,
  countries: readonly string[] = HOME,
  metadata: MetadataJson = mobileNumbers,
): { phone: string } | { fault: PhoneFault } {
  const text = typeof spelling === 'string' ? spelling.normalize('NFKC').trim() : '';
  if (text === '') return { fault: 'phone_required' };
  // A word beside the digits («доб. 12», an e-mail) is not a spelling of a number.
  if (
    text.length > LONGEST_SPELLING ||
    /[^\d\s+()\-.\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text)
  ) {
    return { fault: 'phone_invalid' };
  }
  const number = parsePhoneNumberFromString(withCountry(text), 'RU', metadata);
  if (!number?.isValid()) return { fault: 'phone_invalid' };
  if (!countries.includes(number.country ?? '')) return { fault: 'phone_foreign' };
  return { phone: number.number };
}

/** E.164 of a mobile number at home, or null. */
export function phoneOrNull(spelling: unknown): string | null {
  const read = readPhone(spelling);
  return 'phone' in read ? read.phone : null;
}

/** `+79211234567` as people read it: `+7 921 123-45-67`. */
export function formatPhone(phone: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : phone;
}

/** The number without its last four digits: numbers bought in a row share it, so SMS pumping shows there. */
export function phonePrefix(phone: string): string {
  return phone.slice(0, -SUBSCRIBER_DIGITS);
}

/** Only digits, with what a caller may leave out: 10 digits are a number at home, `8…` and `7…` its long forms. */
function withCountry(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`;
  return text.startsWith('+') ? `+${digits}` : digits;
}
