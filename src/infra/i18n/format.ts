import type { Language } from './texts.js';

/** Numbers and dates as people of each language read them. Pure: the zone, and where it matters the present, are passed in. */
const NBSP = '\u00a0';
const MINUS = '\u2212';
const DECIMAL_MARK: Record<Language, string> = { ru: ',', en: '.' };
const GROUP_MARK: Record<Language, string> = { ru: NBSP, en: ',' };
const LOCALE: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** Kopecks: 125050n is `1 250,50 ₽`, 120000n is `1 200 ₽`. */
export function formatMoney(kopecks: bigint, language: Language): string {
  const amount = formatHundredths(kopecks, language);
  return language === 'ru' ? `${amount}${NBSP}₽` : amount.replace(/(?=\d)/, '₽');
}

/** Hundredths of a point as a figure: 128450n is `1 284,50`, 12000n is `120`. */
export function formatPoints(hundredths: bigint, language: Language): string {
  return formatHundredths(hundredths, language);
}

/** Basis points as the figure beside a per cent sign: 150 is `1,5`. */
export function formatPercent(basisPoints: number, language: Language): string {
  return formatHundredths(BigInt(basisPoints), language).replace(/([.,]\d)0$/, '$1');
}

/** With its sign always shown: `+24,27`, `−350`, `0`. */
export function withSign(figure: string): string {
  return /^[\u2212]/.test(figure) || !/[1-9]/.test(figure) ? figure : `+${figure}`;
}

export function formatInteger(value: number | bigint, language: Language): string {
  const digits = String(value < 0 ? -value : value);
  return (value < 0 ? MINUS : '') + group(digits, language);
}

export interface DateOptions {
  language: Language;
  zone: string;
  /** The present: today's year is not repeated, and today has a name. */
  now: Date;
}

/** `22 ноября, 12:15`; with the year where it is not the present one. */
export function formatDateTime(at: Date, options: DateOptions): string {
  return `${formatDate(at, options)}, ${formatTime(at, options)}`;
}

/** `22 ноября`, `22 ноября 2025`. */
export function formatDate(at: Date, { language, zone, now }: DateOptions): string {
  const parts = partsOf(at, language, zone);
  const day = `${parts.day}${NBSP}${parts.month}`;
  return parts.year === partsOf(now, language, zone).year ? day : `${day} ${parts.year}`;
}

export function formatTime(at: Date, { language, zone }: Pick<DateOptions, 'language' | 'zone'>): string {
  const { hour, minute } = partsOf(at, language, zone);
  return `${hour}:${minute}`;
}

/** The calendar day in the zone, `2026-11-22`: what lists are grouped by. */
export function dayOf(at: Date, zone: string): string {
  return cached(`day ${zone}`, () => new Intl.DateTimeFormat('sv-SE', { timeZone: zone })).format(at);
}

function formatHundredths(units: bigint, language: Language): string {
  const digits = (units < 0n ? -units : units).toString().padStart(3, '0');
  const fraction = digits.slice(-2);
  const sign = units < 0n ? MINUS : '';
  const whole = group(digits.slice(0, -2), language);
  return fraction === '00' ? sign + whole : `${sign}${whole}${DECIMAL_MARK[language]}${fraction}`;
}

function group(digits: string, language: Language): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, GROUP_MARK[language]);
}

type DateParts = Record<'day' | 'month' | 'year' | 'hour' | 'minute', string>;
const formatters = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: Date, language: Language, zone: string): DateParts {
  const parts = formatterFor(language, zone).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as DateParts;
}

function formatterFor(language: Language, zone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  return cached(`${language} ${zone}`, () => new Intl.DateTimeFormat(LOCALE[language], options));
}

/** Making a formatter costs a thousand times more than using it. */
function cached(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formatters.get(key);
  if (known) return known;
  const made = make();
  formatters.set(key, made);
  return made;
}
