import { validateForm } from '../../infra/web/form.js';
import { NO_CONDITIONS, type SegmentConditions } from '../../loyalty/promotions/segments/segment-conditions.js';
import type { SegmentForm } from '../../loyalty/promotions/segments/segments.service.js';
import { isCalendarDay } from '../../shared/calendar-day.js';
import { parseDecimal } from '../../shared/decimal.js';
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
  const typed = (field: string): string => {
    const value = (body as Record<string, unknown> | null)?.[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  const faults: FieldError[] = [];
  const phones = typed('phones') === '' ? null : readPhones(typed('phones'), faults);
  const conditions = readConditions(typed, faults);
  faults.push(...impossible(conditions));
  const isEmpty = Object.values(conditions).every((value) => value === null);
  if (faults.length === 0 && phones && !isEmpty) faults.push({ path: 'phones', code: 'segment_either' });
  if (faults.length === 0 && !phones && isEmpty) faults.push({ path: 'registeredFrom', code: 'segment_empty' });
  if (faults.length > 0) throw new InvalidInput(faults);
  return phones ? { name, phones } : { name, conditions };
}

function readConditions(typed: (field: string) => string, faults: FieldError[]): SegmentConditions {
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

function readPhones(typed: string, faults: FieldError[]): string[] {
  const lines = typed.split(/[\n,;]+/).filter((line) => line.trim() !== '');
  const phones = lines.map((line) => phoneOrNull(line));
  const wrong = lines[phones.indexOf(null)];
  if (wrong !== undefined) {
    faults.push({ path: 'phones', code: 'segment_phone', params: { line: wrong.trim().slice(0, 40) } });
  }
  if (lines.length > MOST_PHONES) faults.push({ path: 'phones', code: 'too_many', params: { max: MOST_PHONES } });
  return [...new Set(phones.flatMap((phone) => phone ?? []))];
}
