/**
 * The number of a SIM card (ITU-T E.118): 89, the country, the issuer, a serial and a check digit by Luhn, 19 or 20 digits in all.
 * Factories deliver it with and without the check digit, grouped, and padded with F.
 */
export interface IccidReading {
  /** With its check digit: 19 or 20 digits. */
  iccid: string;
  /** Without it: what tells one card from another, however a file spells it. */
  body: string;
  warnings: IccidWarning[];
}

/** What a person may overrule: operators do not keep to the rules all alike. */
export type IccidWarning = 'iccid_luhn' | 'iccid_digits';
export type IccidFault = 'iccid_required' | 'iccid_characters' | 'iccid_length' | 'iccid_telecom';
export type IccidDigits = 19 | 20;

const SHORTEST = 18;
const LONGEST = 20;
const LONGEST_SPELLING = 40;
/** What staff see of a card whose last digits are the first password of its owner. */
const HIDDEN = 4;
const GROUP = 4;

/**
 * Any usual spelling of an ICCID, or what is wrong with it. `usual` is how many digits this operator's cards have, check digit
 * included; unknown, nineteen digits that Luhn does not confirm stay as they are, with a warning.
 */
export function readIccid(spelling: string, usual: IccidDigits | null = null): IccidReading | { fault: IccidFault } {
  const text = spelling.normalize('NFKC').replace(/[\s\u00ad\u200b\ufeff\p{Pd}]/gu, '');
  if (text === '') return { fault: 'iccid_required' };
  if (spelling.length > LONGEST_SPELLING) return { fault: 'iccid_length' };
  const digits = text.replace(/f+$/i, '');
  if (!/^[0-9]+$/.test(digits)) return { fault: 'iccid_characters' };
  if (digits.length < SHORTEST || digits.length > LONGEST) return { fault: 'iccid_length' };
  if (!digits.startsWith('89')) return { fault: 'iccid_telecom' };
  // A filler stands for the twentieth digit: what is before it is whole.
  return complete(digits, usual, digits !== text);
}

function complete(digits: string, usual: IccidDigits | null, filled: boolean): IccidReading {
  const bare = digits.length === 18 || (digits.length === 19 && usual === 20 && !filled);
  const iccid = bare ? digits + luhnDigit(digits) : digits;
  const warnings: IccidWarning[] = [];
  if (!passesLuhn(iccid)) warnings.push('iccid_luhn');
  if (usual !== null && iccid.length !== usual) warnings.push('iccid_digits');
  return { iccid, body: iccid.slice(0, -1), warnings };
}

/** The check digit of a number without one: from the right every second digit counts double, beginning with the last. */
export function luhnDigit(body: string): string {
  let sum = 0;
  for (let i = body.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = body.charCodeAt(i) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

export function passesLuhn(number: string): boolean {
  return luhnDigit(number.slice(0, -1)) === number.slice(-1);
}

/** Every body that a spelling may stand for, with a check digit or without: to find the same card under another spelling. */
export function possibleBodies(digits: string): string[] {
  return [digits, digits.slice(0, -1)];
}

/** `8970 1021 2345 678• •••`: the last four digits are a secret while the owner has not logged in. */
export function maskedIccid(iccid: string): string {
  return grouped(iccid.slice(0, -HIDDEN) + '•'.repeat(HIDDEN));
}

/** In fours, as it stands on the plastic. */
export function groupedIccid(iccid: string): string {
  return grouped(iccid);
}

/** As much of an ICCID as may be searched by: more would let the hidden digits be guessed one by one. */
export function searchablePrefix(digits: string): string {
  return digits.slice(0, SHORTEST + 1 - HIDDEN);
}

/**
 * «The last four digits», as they may be printed: with the check digit and, where the plastic leaves it out, without. What stood
 * in the operator's file tells nothing of the plastic, so both are taken.
 */
export function printedTails(iccid: string): string[] {
  return [...new Set([iccid.slice(-HIDDEN), iccid.slice(-HIDDEN - 1, -1)])];
}

function grouped(text: string): string {
  return [...text].map((letter, i) => (i > 0 && i % GROUP === 0 ? `\u00a0${letter}` : letter)).join('');
}
