import { IsIn, IsUUID, Matches, MaxLength } from 'class-validator';
import { DateTime } from 'luxon';
import { validateForm } from '../../infra/web/form.js';
import { formatDecimal, parseDecimal } from '../../shared/decimal.js';
import { type FieldError, InvalidInput } from '../../shared/domain-error.js';
import {
  type AllowanceKind,
  ALLOWANCES,
  type Audience,
  AUDIENCES,
  MOST,
  type Period,
  PERIODS,
  QUALITIES,
  readExtras,
  type SourceQuality,
  type TariffTerms,
} from '../../tariffs/tariff-terms.js';
import { Line } from '../dto/line.js';
import { Typed } from './typed.js';

const CHOOSE = { context: { code: 'choose' } };
const LONGEST_FIGURE = 20;
const LONGEST_EXTRAS = 5000;

/** Where a new tariff stands; neither can be changed later. */
class PlaceDto {
  @IsUUID(undefined, CHOOSE)
  operatorId!: string;

  @MaxLength(80)
  @Matches(/^(?!compare$)[a-z0-9]+([-_][a-z0-9]+)*$/, { context: { code: 'tariff_slug' } })
  slug!: string;
}

class TermsDto {
  @Line(MOST.name)
  name!: string;

  @IsIn(AUDIENCES, CHOOSE)
  audience!: Audience;

  @Typed(10)
  forPersons?: string;

  @Typed(MOST.region)
  region?: string;

  @Typed(LONGEST_FIGURE)
  price?: string;

  @IsIn(PERIODS, CHOOSE)
  period!: Period;

  @Typed(LONGEST_FIGURE)
  connectionFee?: string;

  @IsIn(ALLOWANCES, CHOOSE)
  minutesKind!: AllowanceKind;

  @Typed(LONGEST_FIGURE)
  minutes?: string;

  @IsIn(ALLOWANCES, CHOOSE)
  trafficKind!: AllowanceKind;

  @Typed(LONGEST_FIGURE)
  gigabytes?: string;

  @IsIn(ALLOWANCES, CHOOSE)
  smsKind!: AllowanceKind;

  @Typed(LONGEST_FIGURE)
  sms?: string;

  @Typed(LONGEST_EXTRAS, { lines: true })
  extras?: string;

  @Typed(MOST.conditions, { lines: true })
  conditions?: string;

  @Typed(10)
  lastDay?: string;

  @Typed(MOST.source)
  source?: string;

  @Typed(4)
  sourceYear?: string;

  @Typed(20)
  sourceQuality?: string;
}

export function readPlace(body: unknown): PlaceDto {
  return validateForm(PlaceDto, body);
}

/** Which draft was read; null where there was none yet. */
export function readRevision(body: unknown): number | null {
  const { revision } = body as { revision?: unknown };
  return typeof revision === 'string' && /^\d{1,9}$/.test(revision) ? Number(revision) : null;
}

/** The typed form as terms; throws InvalidInput with every field at fault. */
export function readTerms(body: unknown): TariffTerms {
  const form = validateForm(TermsDto, body);
  const faults: FieldError[] = [];
  const figure = (path: keyof TermsDto, places: number, most: bigint, code: string): bigint | null => {
    if (form[path] === undefined) return null;
    const units = parseDecimal(form[path].replace(/[\s\u00a0]/gu, '').replace(',', '.'), places);
    if (units === null || units > most) faults.push({ path, code });
    return units;
  };
  const amount = (kind: AllowanceKind, path: 'minutes' | 'gigabytes' | 'sms', places: number, most: bigint) => {
    if (kind !== 'amount') return null;
    const units = figure(path, places, most, 'tariff_amount');
    if (form[path] === undefined || units === 0n) faults.push({ path, code: 'tariff_amount' });
    return units === null ? null : Number(units);
  };
  const { name, audience, period, minutesKind, trafficKind, smsKind } = form;
  const terms: TariffTerms = {
    ...{ name, audience, period, minutesKind, trafficKind, smsKind, region: form.region ?? null },
    forPersons: audience === 'corporate' && form.forPersons !== undefined,
    priceKopecks: figure('price', 2, MOST.kopecks, 'tariff_money'),
    connectionFeeKopecks: figure('connectionFee', 2, MOST.kopecks, 'tariff_money'),
    minutes: amount(minutesKind, 'minutes', 0, MOST.minutes),
    trafficMegabytes: amount(trafficKind, 'gigabytes', 3, MOST.megabytes),
    sms: amount(smsKind, 'sms', 0, MOST.sms),
    extras: extrasOf(form.extras ?? '', faults),
    ...{ conditions: form.conditions ?? null, lastDay: dayOf(form.lastDay, faults), source: form.source ?? null },
    sourceYear: yearOf(form.sourceYear, faults),
    sourceQuality: qualityOf(form.sourceQuality, faults),
  };
  if (faults.length > 0) throw new InvalidInput(faults);
  return terms;
}

/** What the form's fields show: terms as they would be typed. */
export function formOf(terms: TariffTerms): Record<string, string | undefined> {
  const money = (kopecks: bigint | null): string => (kopecks === null ? '' : plain(kopecks, 2));
  const { trafficMegabytes, minutesKind, trafficKind, smsKind } = terms;
  return {
    ...{ name: terms.name, audience: terms.audience, forPersons: terms.forPersons ? 'on' : undefined },
    ...{ region: terms.region ?? '', price: money(terms.priceKopecks), period: terms.period },
    ...{ connectionFee: money(terms.connectionFeeKopecks), minutesKind, trafficKind, smsKind },
    ...{ minutes: String(terms.minutes ?? ''), sms: String(terms.sms ?? '') },
    gigabytes: trafficMegabytes === null ? '' : plain(BigInt(trafficMegabytes), 3),
    ...{ extras: terms.extras.join('\n'), conditions: terms.conditions ?? '', lastDay: terms.lastDay ?? '' },
    ...{ source: terms.source ?? '', sourceYear: String(terms.sourceYear ?? '') },
    sourceQuality: terms.sourceQuality ?? '',
  };
}

function extrasOf(typed: string, faults: FieldError[]): string[] {
  const extras = readExtras(typed);
  if (extras.length > MOST.extras || extras.some((extra) => extra.length > MOST.extra)) {
    faults.push({ path: 'extras', code: 'tariff_extras' });
  }
  return extras;
}

function dayOf(typed: string | undefined, faults: FieldError[]): string | null {
  if (typed === undefined) return null;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(typed) && DateTime.fromISO(typed).isValid;
  if (!isDay) faults.push({ path: 'lastDay', code: 'isDateString' });
  return typed;
}

function yearOf(typed: string | undefined, faults: FieldError[]): number | null {
  if (typed === undefined) return null;
  if (!/^20\d\d$/.test(typed)) faults.push({ path: 'sourceYear', code: 'tariff_year' });
  return Number(typed);
}

function qualityOf(typed: string | undefined, faults: FieldError[]): SourceQuality | null {
  if (typed === undefined) return null;
  const known = QUALITIES.find((quality) => quality === typed);
  if (!known) faults.push({ path: 'sourceQuality', code: 'choose' });
  return known ?? null;
}

function plain(units: bigint, places: number): string {
  return formatDecimal(units, places)
    .replace(/\.?0+$/, '')
    .replace('.', ',');
}
