import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  PROMOTION_KINDS,
  type PromotionKind,
  type PromotionTerms,
  STATION_CHOICES,
  type StationChoice,
} from '../../loyalty/promotions/promotion-terms.js';
import { IsCalendarDay } from '../../shared/calendar-day.js';
import { formatDecimal, parseDecimal } from '../../shared/decimal.js';
import { type FieldError, InvalidInput } from '../../shared/domain-error.js';
import { categories } from '../../stations/category.js';
import { validateForm } from '../../infra/web/form.js';
import { Line } from '../dto/line.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** An empty field is none. */
function Blank(): PropertyDecorator {
  return (target, name) => {
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.trim() === '' ? undefined : value,
    )(target, name);
    IsOptional()(target, name);
    IsString({ context: { code: 'invalid' } })(target, name);
  };
}

class PromotionDto {
  @Line(60)
  title!: string;

  @Blank()
  @MaxLength(60)
  titleEn?: string;

  @Blank()
  @MaxLength(500)
  text?: string;

  @Blank()
  @MaxLength(500)
  textEn?: string;

  @IsIn(PROMOTION_KINDS, { context: { code: 'choose' } })
  kind!: PromotionKind;

  @Line(20)
  value!: string;

  @Blank()
  @IsCalendarDay()
  firstDay?: string;

  @Blank()
  @IsCalendarDay()
  lastDay?: string;

  @Blank()
  @Matches(TIME, { context: { code: 'promotion_time' } })
  fromTime?: string;

  @Blank()
  @Matches(TIME, { context: { code: 'promotion_time' } })
  toTime?: string;

  @IsIn(STATION_CHOICES, { context: { code: 'choose' } })
  stationChoice!: StationChoice;

  @ValidateIf(({ stationChoice }: PromotionDto) => stationChoice !== 'all')
  @Line(2000)
  stationNumbers!: string;

  @Blank()
  minPaid?: string;

  @Blank()
  segmentId?: string;

  @Blank()
  birthdayDays?: string;

  @Blank()
  firstPurchase?: string;

  @Blank()
  receiptCap?: string;

  @Blank()
  dayCap?: string;

  @Blank()
  totalCap?: string;

  @IsIn(['stacking', 'exclusive'], { context: { code: 'choose' } })
  stacking!: 'stacking' | 'exclusive';

  @Blank()
  priority?: string;
}

/** What the form needs to know of the world. */
export interface FormContext {
  stations: readonly { id: string; number: number }[];
  segments: readonly { id: string }[];
}

const LIMITS: Record<PromotionKind, [least: bigint, most: bigint]> = {
  multiplier: [101n, 2000n],
  percent: [1n, 10_000n],
  fixed: [1n, 10_000_000n],
};
const MOST_AMOUNT = 1_000_000_000n;

/** The typed form as terms; throws InvalidInput with every field at fault. */
export function readPromotion(body: unknown, context: FormContext): PromotionTerms {
  const form = validateForm(PromotionDto, body);
  const faults: FieldError[] = [];
  const amount = (path: 'minPaid' | 'receiptCap' | 'dayCap' | 'totalCap'): number | null =>
    inRange(form[path], 2, [0n, MOST_AMOUNT], () => faults.push({ path, code: 'promotion_amount' }));
  // A cap of nothing would be a promotion of nothing.
  const cap = (path: 'receiptCap' | 'dayCap' | 'totalCap'): number | null => {
    const most = amount(path);
    if (most === 0) faults.push({ path, code: 'promotion_cap' });
    return most;
  };
  const whole = (path: 'birthdayDays' | 'priority', most: bigint): number | null =>
    inRange(form[path], 0, [0n, most], () => faults.push({ path, code: 'promotion_whole', params: { limit: most } }));
  const { title, kind, stationChoice, firstDay, lastDay } = form;
  const value = inRange(form.value, 2, LIMITS[kind], () => faults.push({ path: 'value', code: `promotion_${kind}` }));
  if (firstDay && lastDay && lastDay < firstDay) faults.push({ path: 'lastDay', code: 'promotion_days' });
  if (form.fromTime && form.fromTime === form.toTime) faults.push({ path: 'toTime', code: 'promotion_hours' });
  if (form.segmentId && !context.segments.some(({ id }) => id === form.segmentId)) {
    faults.push({ path: 'segmentId', code: 'choose' });
  }
  const terms: PromotionTerms = {
    ...{ title, titleEn: form.titleEn?.trim() ?? null, text: form.text?.trim() ?? null },
    ...{ textEn: form.textEn?.trim() ?? null, kind, value: value ?? 0 },
    ...{ firstDay: firstDay ?? null, lastDay: lastDay ?? null },
    ...{ fromTime: form.fromTime ?? null, toTime: form.toTime ?? null },
    ...{ weekdays: WEEKDAYS.filter((day) => checked(body, `weekday${day}`)), stationChoice },
    stationIds: stationChoice === 'all' ? [] : stationsOf(form.stationNumbers, context, faults),
    categories: categories.filter((category) => checked(body, `category_${category}`)),
    ...{ minPaidKopecks: amount('minPaid'), segmentId: form.segmentId ?? null },
    ...{ birthdayDays: whole('birthdayDays', 30n), firstPurchase: form.firstPurchase !== undefined },
    ...{ receiptCapHundredths: cap('receiptCap'), dayCapHundredths: cap('dayCap') },
    ...{ totalCapHundredths: cap('totalCap'), exclusive: form.stacking === 'exclusive' },
    priority: whole('priority', 99n) ?? 0,
  };
  if (faults.length > 0) throw new InvalidInput(faults);
  return terms;
}

/** What the form's fields show: terms as they would be typed. */
export function formOf(terms: PromotionTerms, { stations }: FormContext): Record<string, unknown> {
  const decimal = (hundredths: number | null): string => (hundredths === null ? '' : plain(hundredths));
  return {
    ...{ title: terms.title, titleEn: terms.titleEn, text: terms.text, textEn: terms.textEn },
    ...{ kind: terms.kind, value: decimal(terms.value), firstDay: terms.firstDay, lastDay: terms.lastDay },
    ...{ fromTime: terms.fromTime, toTime: terms.toTime, stationChoice: terms.stationChoice },
    stationNumbers: stations
      .filter(({ id }) => terms.stationIds.includes(id))
      .map(({ number }) => number)
      .join(', '),
    ...{ minPaid: decimal(terms.minPaidKopecks), segmentId: terms.segmentId ?? '' },
    ...{ birthdayDays: terms.birthdayDays ?? '', firstPurchase: terms.firstPurchase ? 'on' : undefined },
    ...{ receiptCap: decimal(terms.receiptCapHundredths), dayCap: decimal(terms.dayCapHundredths) },
    ...{ totalCap: decimal(terms.totalCapHundredths), stacking: terms.exclusive ? 'exclusive' : 'stacking' },
    priority: terms.priority,
    ...Object.fromEntries(terms.weekdays.map((day) => [`weekday${day}`, 'on'])),
    ...Object.fromEntries(terms.categories.map((category) => [`category_${category}`, 'on'])),
  };
}

function plain(hundredths: number): string {
  return formatDecimal(BigInt(hundredths))
    .replace(/\.?0+$/, '')
    .replace('.', ',');
}

function inRange(typed: string | undefined, places: number, [least, most]: [bigint, bigint], fault: () => void) {
  if (typed === undefined) return null;
  const value = parseDecimal(typed.replace(/[\s\u00a0]/gu, '').replace(',', '.'), places);
  if (value !== null && value >= least && value <= most) return Number(value);
  fault();
  return null;
}

function checked(body: unknown, name: string): boolean {
  return Object.hasOwn(body ?? {}, name);
}

function stationsOf(typed: string, { stations }: FormContext, faults: FieldError[]): string[] {
  const numbers = typed.split(/[\s,;]+/).filter(Boolean);
  const found = numbers.map((number) => stations.find((station) => String(station.number) === number));
  const unknown = numbers.filter((_, index) => !found[index]);
  if (unknown.length > 0) {
    faults.push({
      path: 'stationNumbers',
      code: 'promotion_stations',
      params: { numbers: unknown.slice(0, 5).join(', ') },
    });
  }
  return [...new Set(found.flatMap((station) => station?.id ?? []))];
}
