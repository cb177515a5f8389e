import type { FieldError } from '../../shared/domain-error.js';

/** What a company is known and paid by; digits alone, without spaces. */
export interface Requisites {
  /** As it is called: «Северный ветер», ООО. */
  name: string;
  fullName: string | null;
  /** Ten digits for a company, twelve for a person in business. */
  inn: string;
  kpp: string | null;
  /** Thirteen digits, or fifteen of a person in business. */
  ogrn: string | null;
  address: string | null;
  bik: string | null;
  account: string | null;
  correspondent: string | null;
  /** Who signs, and on what basis. */
  signer: string | null;
  signerBasis: string | null;
  email: string | null;
}

const COMPANY_INN = 10;
const PERSON_INN = 12;
const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12 = [3, ...INN_11];
/** Of three digits for the bank and twenty of the account. */
const KEY = [...'71371371371371371371371'].map(Number);
/** Whose last three digits of the BIK are these is the Bank of Russia itself. */
const OF_THE_BANK_OF_RUSSIA = ['000', '001', '002'];

/** Whether it belongs to a person in business rather than to a company. */
export function isPersonInn(inn: string): boolean {
  return inn.length === PERSON_INN;
}

/**
 * What is wrong with a company's taxpayer number: its length, or a check digit (Federal Tax Service, orders БГ-3-09/178 of 2004
 * and ММВ-7-6/435@ of 2012: digits by their weights, modulo 11, modulo 10).
 */
export function innFault(inn: string): 'inn_shape' | 'inn_check' | null {
  if (!/^(\d{10}|\d{12})$/.test(inn)) return 'inn_shape';
  // Its check digit holds, yet no tax office has the number 0000 and nobody the serial of zeros.
  if (/^0+$/.test(inn)) return 'inn_check';
  const passes = (weights: readonly number[]): boolean =>
    (weighted(inn, weights) % 11) % 10 === digitAt(inn, weights.length);
  const right = inn.length === COMPANY_INN ? passes(INN_10) : passes(INN_11) && passes(INN_12);
  return right ? null : 'inn_check';
}

/** Four digits of the tax office, the reason (two digits or capital letters), a serial of three (ММВ-7-6/435@). */
export function isKpp(kpp: string): boolean {
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(kpp);
}

/**
 * The registration number: its last digit is the rest of the others by 11 (ОГРН) or by 13 (ОГРНИП), and of that its last
 * digit (Ministry of Finance, order 165н of 2017).
 */
export function ogrnFault(ogrn: string, inn: string): 'ogrn_shape' | 'ogrn_check' | null {
  const [length, modulus] = isPersonInn(inn) ? [15, 13n] : [13, 11n];
  if (!/^\d+$/.test(ogrn) || ogrn.length !== length) return 'ogrn_shape';
  if (/^0+$/.test(ogrn)) return 'ogrn_check';
  return (BigInt(ogrn.slice(0, -1)) % modulus) % 10n === BigInt(ogrn.slice(-1)) ? null : 'ogrn_check';
}

export function isBik(bik: string): boolean {
  return /^\d{9}$/.test(bik);
}

/**
 * Whether the ninth digit of an account is its key (Bank of Russia, order 515 of 8.9.1997): three digits that stand for the
 * bank and the account, weighed 7, 1, 3 in turn, give a sum that ends with 0. The bank's digits are the last three of the
 * BIK, and where the Bank of Russia itself keeps the account, 0 and the fifth and sixth.
 */
export function fitsBik(account: string, bik: string, keptBy: 'bank' | 'bank_of_russia'): boolean {
  const own = keptBy === 'bank' && !OF_THE_BANK_OF_RUSSIA.includes(bik.slice(-3));
  const digits = (own ? bik.slice(-3) : `0${bik.slice(4, 6)}`) + account;
  return weighted(digits, KEY) % 10 === 0;
}

/** Everything that is wrong, field by field; texts are `errors:fields.<code>`. */
export function requisiteFaults(given: Requisites): FieldError[] {
  const { inn, kpp, ogrn, bik, account, correspondent } = given;
  const fault = innFault(inn);
  if (fault) return [{ path: 'inn', code: fault }];
  const faults: (FieldError | null)[] = [
    kpp === null ? null : kppFault(kpp, inn),
    ogrn === null ? null : named('ogrn', ogrnFault(ogrn, inn)),
    bik === null || isBik(bik) ? null : { path: 'bik', code: 'bik_shape' },
    accountFault('account', account, bik),
    accountFault('correspondent', correspondent, bik),
  ];
  return faults.filter((found) => found !== null);
}

function kppFault(kpp: string, inn: string): FieldError | null {
  if (isPersonInn(inn)) return { path: 'kpp', code: 'kpp_person' };
  return isKpp(kpp) ? null : { path: 'kpp', code: 'kpp_shape' };
}

function accountFault(
  path: 'account' | 'correspondent',
  account: string | null,
  bik: string | null,
): FieldError | null {
  if (account === null) return null;
  if (!/^\d{20}$/.test(account)) return { path, code: 'account_shape' };
  if (bik === null) return { path: 'bik', code: 'bik_needed' };
  if (!isBik(bik)) return null;
  return fitsBik(account, bik, path === 'account' ? 'bank' : 'bank_of_russia') ? null : { path, code: 'account_key' };
}

function named(path: string, code: string | null): FieldError | null {
  return code === null ? null : { path, code };
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * digitAt(digits, place), 0);
}

function digitAt(digits: string, place: number): number {
  return digits.charCodeAt(place) - 48;
}
