import { DateTime } from 'luxon';
import { formatInteger, formatMoney } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { TariffAspect } from '../tariff-difference.js';
import type { AllowanceKind, Period, TariffTerms } from '../tariff-terms.js';

const MEGABYTES = 1000;
/** Below it a share of a gigabyte says less than megabytes do. */
const SMALL_MEGABYTES = 100;

/** `650 ₽ в месяц`; «не указана» where nobody knows. */
export function priceWords(
  { priceKopecks, period }: Pick<TariffTerms, 'priceKopecks' | 'period'>,
  language: Language,
): string {
  if (priceKopecks === null) return text(language, 'tariffs:unknown.price');
  return `${formatMoney(priceKopecks, language)} ${periodWords(period, language)}`;
}

/** `в месяц`, `в день` */
export function periodWords(period: Period, language: Language): string {
  return text(language, `tariffs:per.${period}`);
}

export function minutesWords(
  { minutesKind, minutes }: Pick<TariffTerms, 'minutesKind' | 'minutes'>,
  language: Language,
): string {
  return allowance(minutesKind, language, () => counted('tariffs:minutes', minutes!, language));
}

/** `40 ГБ`, `0,5 ГБ`, `12 МБ` */
export function trafficWords(
  { trafficKind, trafficMegabytes }: Pick<TariffTerms, 'trafficKind' | 'trafficMegabytes'>,
  language: Language,
): string {
  return allowance(trafficKind, language, () => dataVolume(trafficMegabytes!, language));
}

export function smsWords({ smsKind, sms }: Pick<TariffTerms, 'smsKind' | 'sms'>, language: Language): string {
  return allowance(smsKind, language, () => counted('tariffs:sms', sms!, language));
}

export const PACKAGES = ['traffic', 'minutes', 'sms'] as const;

/** `5 ГБ`, `безлимитный интернет`, `без SMS`: words that need no title beside them; null where nobody knows. */
export function packageWords(terms: TariffTerms, name: (typeof PACKAGES)[number], language: Language): string | null {
  const kind = { traffic: terms.trafficKind, minutes: terms.minutesKind, sms: terms.smsKind }[name];
  if (kind === 'amount') return aspectWords(terms, name, language);
  return kind === 'unknown' ? null : text(language, `tariffs:facts.${name}.${kind}`);
}

/** `5 ГБ · 250 минут`: what is known of the packages, in a line. */
export function packagesLine(terms: TariffTerms, language: Language): string {
  const known = PACKAGES.flatMap((name) => packageWords(terms, name, language) ?? []);
  return known.length > 0 ? known.join(' · ') : text(language, 'tariffs:unknown.packages');
}

/** `для телефона`; a corporate tariff says whether persons may have it. */
export function audienceWords(
  { audience, forPersons }: Pick<TariffTerms, 'audience' | 'forPersons'>,
  language: Language,
): string {
  return text(language, `tariffs:audience.${forPersons ? 'persons' : audience}`);
}

/** `31 декабря 2026`: a day of the calendar, whatever the zone. */
export function dayWords(day: string, language: Language): string {
  return DateTime.fromISO(day, { zone: 'utc' })
    .setLocale(language === 'ru' ? 'ru' : 'en-GB')
    .toFormat('d MMMM yyyy');
}

/** What a tariff says of one thing, in words; null where it says nothing. */
export function aspectWords(terms: TariffTerms, aspect: TariffAspect, language: Language): string | null {
  const words: Record<TariffAspect, () => string | null> = {
    name: () => terms.name,
    audience: () => audienceWords(terms, language),
    region: () => terms.region,
    price: () => (terms.priceKopecks === null ? null : priceWords(terms, language)),
    connectionFee: () => (terms.connectionFeeKopecks === null ? null : feeWords(terms.connectionFeeKopecks, language)),
    minutes: () => (terms.minutesKind === 'unknown' ? null : minutesWords(terms, language)),
    traffic: () => (terms.trafficKind === 'unknown' ? null : trafficWords(terms, language)),
    sms: () => (terms.smsKind === 'unknown' ? null : smsWords(terms, language)),
    extras: () => terms.extras.join('; ') || null,
    conditions: () => terms.conditions,
    lastDay: () => (terms.lastDay === null ? null : dayWords(terms.lastDay, language)),
    source: () => [terms.source, terms.sourceYear].filter((part) => part !== null).join(', ') || null,
  };
  return words[aspect]();
}

export function feeWords(kopecks: bigint, language: Language): string {
  return kopecks === 0n ? text(language, 'tariffs:free') : formatMoney(kopecks, language);
}

function allowance(kind: AllowanceKind, language: Language, amount: () => string): string {
  return kind === 'amount' ? amount() : text(language, `tariffs:allowance.${kind}`);
}

function counted(key: string, count: number, language: Language): string {
  return text(language, key, { count, amount: formatInteger(count, language) });
}

/** Figures as the operator writes them: three places at most, none that say nothing. */
function dataVolume(megabytes: number, language: Language): string {
  if (megabytes < SMALL_MEGABYTES) return text(language, 'tariffs:megabytes', { amount: megabytes });
  const [whole, rest] = [Math.floor(megabytes / MEGABYTES), megabytes % MEGABYTES];
  const fraction =
    rest === 0 ? '' : `${language === 'ru' ? ',' : '.'}${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return text(language, 'tariffs:gigabytes', { amount: formatInteger(whole, language) + fraction });
}
