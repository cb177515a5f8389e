import { validateForm } from '../../infra/web/form.js';
import { NO_CONDITIONS, type SegmentConditions } from '../../loyalty/promotions/segments/segment-conditions.js';
import type { Segment, SegmentChange, SegmentForm } from '../../loyalty/promotions/segments/segments.service.js';
import { isCalendarDay } from '../../shared/calendar-day.js';
import { formatDecimal, parseDecimal } from '../../shared/decimal.js';
import { type FieldError, InvalidInput } from '../../shared/domain-error.js';
import { phoneOrNull } from '../../shared/phone.js';
import { Line } from '../dto/line.js';

class SegmentDto {
  @Line(100)
  name!: string;
}

const MOST_PHONES = 5000;

/** Conditions, or where phones were typed, those; throws InvalidInput with every field at fault. */
export function readSegment(body: unknown): SegmentForm {
  const { name } = validateForm(SegmentDto, body);
  const typed = typedIn(body);
  const faults: FieldError[] = [];
  const phones = typed('phones') === '' ? null : readPhones(typed, 'phones', faults);
  const conditions = readConditions(typed, faults);
  faults.push(...impossible(conditions));
  if (faults.length === 0 && phones && !isEmpty(conditions)) faults.push({ path: 'phones', code: 'segment_either' });
  if (faults.length === 0 && !phones && isEmpty(conditions)) faults.push(NOTHING_SAID);
  if (faults.length > 0) throw new InvalidInput(faults);
  return phones ? { name, phones } : { name, conditions };
}

/** Of one made by conditions, its conditions; of a list, who comes and who goes. */
export function readSegmentChange(body: unknown, segment: Segment): SegmentChange {
  const { name } = validateForm(SegmentDto, body);
  const typed = typedIn(body);
  const faults: FieldError[] = [];
  const change = segment.conditions
    ? { name, conditions: readSomeConditions(typed, faults) }
    : { name, added: readPhones(typed, 'added', faults), removed: readPhones(typed, 'removed', faults) };
  if (faults.length > 0) throw new InvalidInput(faults);
  return change;
}

function readSomeConditions(typed: Typed, faults: FieldError[]): SegmentConditions {
  const conditions = readConditions(typed, faults);
  if (faults.length === 0 && isEmpty(conditions)) faults.push(NOTHING_SAID);
  return conditions;
}

/** The fields as they are typed, of a segment as it is. */
export function formOfSegment({ name, conditions }: Segment): Record<string, string> {
  const { spentKopecks, ...others } = conditions ?? NO_CONDITIONS;
  const fields = Object.entries(others).map(([field, value]): [string, string] => [field, String(value ?? '')]);
  const spent = spentKopecks === null ? '' : formatDecimal(BigInt(spentKopecks)).replace('.', ',');
  return { name, spent, ...Object.fromEntries<string>(fields) };
}

type Typed = (field: string) => string;

const NOTHING_SAID: FieldError = { path: 'registeredFrom', code: 'segment_empty' };

function typedIn(body: unknown): Typed {
  return (field) => {
    const value = (body as Record<string, unknown> | null)?.[field];
    return typeof value === 'string' ? value.trim() : '';
  };
}

function isEmpty(conditions: SegmentConditions): boolean {
  return Object.values(conditions).every((value) => value === null);
}

function readConditions(typed: Typed, faults: FieldError[]): SegmentConditions {
  const read = <T>(path: string, code: string, parse: (value: string) => T | null): T | null => {
    const value = typed(path);
    if (value === '') return null;
    const parsed = parse(value);
    if (parsed === null) faults.push({ path, code });
    return parsed;
  };
  const day = (path: string): string | null =>
    read(path, 'isDateString', (value) => (isCalendarDay(value) ? value : null));
  const whole = (path: string, least: number, most: number): number | null =>
    read(path, 'isInt', (value) => (/^\d{1,4}$/.test(value) && +value >= least && +value <= most ? +value : null));
  return {
    ...NO_CONDITIONS,
    ...{ registeredFrom: day('registeredFrom'), registeredTo: day('registeredTo') },
    idleDays: whole('idleDays', 1, 3650),
    spentKopecks: read('spent', 'promotion_amount', (value) => {
      const kopecks = parseDecimal(value.replace(/\s/gu, '').replace(',', '.'), 2);
      return kopecks !== null && kopecks > 0n && kopecks < 1_000_000_000n ? Number(kopecks) : null;
    }),
    sex: read('sex', 'choose', (value) => (value === 'female' || value === 'male' ? value : null)),
    ...{ ageFrom: whole('ageFrom', 1, 120), ageTo: whole('ageTo', 1, 120), birthMonth: whole('birthMonth', 1, 12) },
  };
}

/** Pairs that nobody can be between. */
function impossible({ registeredFrom, registeredTo, ageFrom, ageTo }: SegmentConditions): FieldError[] {
  const faults: FieldError[] = [];
  if (registeredFrom !== null && registeredTo !== null && registeredTo < registeredFrom) {
    faults.push({ path: 'registeredTo', code: 'segment_days' });
  }
  if (ageFrom !== null && ageTo !== null && ageTo < ageFrom) faults.push({ path: 'ageTo', code: 'segment_ages' });
  return faults;
}

function readPhones(typed: Typed, path: string, faults: FieldError[]): string[] {
  const lines = typed(path)
    .split(/[\n,;]+/)
    .filter((line) => line.trim() !== '');
  const phones = lines.map((line) => phoneOrNull(line));
  const wrong = lines[phones.indexOf(null)];
  if (wrong !== undefined) {
    faults.push({ path, code: 'segment_phone', params: { line: wrong.trim().slice(0, 40) } });
  }
  if (lines.length > MOST_PHONES) faults.push({ path, code: 'too_many', params: { max: MOST_PHONES } });
  return [...new Set(phones.flatMap((phone) => phone ?? []))];
}
