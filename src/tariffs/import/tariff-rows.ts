import { DateTime } from 'luxon';
import { parseDecimal } from '../../shared/decimal.js';
import {
  type AllowanceKind,
  AUDIENCES,
  MOST,
  PERIODS,
  QUALITIES,
  readExtras,
  type TariffTerms,
} from '../tariff-terms.js';
import type { Column, RawRow } from './tariff-file.js';

export interface RowFault {
  row: number;
  column: Column;
  /** `tariffs:import.faults.<code>` */
  code: string;
}

export interface ReadRow {
  row: number;
  slug: string;
  operatorId: string;
  /** Of a column that the file does not have nothing is said. */
  terms: Partial<TariffTerms>;
}

const SLUG = /^[a-z0-9]+([-_][a-z0-9]+)*$/;
const LONGEST_SLUG = 80;
const UNLIMITED = ['unlimited', 'безлимит', 'безлимитно', '∞'];
const NONE = ['none', 'нет', '0'];
const UNKNOWN = ['', 'unknown', 'неизвестно', 'регион не назван'];
const YES = ['yes', 'да', '1', 'true'];
const NO = ['', 'no', 'нет', '0', 'false'];

/** What a row says, or everything that is wrong with it. `operators` are ids by lower-case code and name. */
export function readTariffRow({ row, fields }: RawRow, operators: ReadonlyMap<string, string>): ReadRow | RowFault[] {
  const faults: RowFault[] = [];
  const fail = (column: Column, code: string): void => void faults.push({ row, column, code });
  const read = new Cells(fields, fail);
  const slug = fields.slug ?? '';
  const operatorId = operators.get((fields.operator ?? '').toLowerCase());
  if (operatorId === undefined) fail('operator', 'operator');
  if (!SLUG.test(slug) || slug.length > LONGEST_SLUG || slug === 'compare') fail('slug', 'slug');
  const terms: Partial<TariffTerms> = {
    name: read.text('name', MOST.name) ?? '',
    audience: read.choice('audience', AUDIENCES) ?? 'phone',
    period: read.choice('period', PERIODS) ?? 'month',
    priceKopecks: read.money('price_rub'),
    ...read.allowance('minutes', ['minutesKind', 'minutes'], 0, MOST.minutes),
    ...read.allowance('gigabytes', ['trafficKind', 'trafficMegabytes'], 3, MOST.megabytes),
    ...read.ifGiven('sms', () => read.allowance('sms', ['smsKind', 'sms'], 0, MOST.sms)),
    ...read.ifGiven('region', () => ({ region: read.text('region', MOST.region) })),
    ...read.ifGiven('extras', () => ({ extras: read.extras() })),
    ...read.ifGiven('source', () => ({ source: read.text('source', MOST.source) })),
    ...read.ifGiven('year', () => ({ sourceYear: read.year() })),
    ...read.ifGiven('quality', () => ({ sourceQuality: fields.quality ? read.choice('quality', QUALITIES) : null })),
    ...read.ifGiven('connection_fee_rub', () => ({ connectionFeeKopecks: read.money('connection_fee_rub') })),
    ...read.ifGiven('for_persons', () => ({ forPersons: read.yesOrNo('for_persons') })),
    ...read.ifGiven('conditions', () => ({ conditions: read.text('conditions', MOST.conditions) })),
    ...read.ifGiven('last_day', () => ({ lastDay: read.day('last_day') })),
  };
  if (terms.name === '') fail('name', 'needed');
  if (terms.forPersons && terms.audience !== 'corporate') fail('for_persons', 'for_persons');
  if (faults.length > 0 || operatorId === undefined) return faults;
  return { row, slug, operatorId, terms };
}

/** The cells of one row, read by what they hold; what cannot be read is a fault and counts as unknown. */
class Cells {
  constructor(
    private readonly fields: RawRow['fields'],
    private readonly fail: (column: Column, code: string) => void,
  ) {}

  ifGiven<Terms extends object>(column: Column, read: () => Terms): Partial<Terms> {
    return this.fields[column] === undefined ? {} : read();
  }

  text(column: Column, longest: number): string | null {
    const cell = this.of(column).replace(/\r\n?/g, '\n');
    if (UNKNOWN.includes(cell.toLowerCase())) return null;
    if (cell.length > longest) this.fail(column, 'long');
    else if (/[^\P{C}\n]/u.test(cell)) this.fail(column, 'text');
    return cell;
  }

  choice<Choice extends string>(column: Column, choices: readonly Choice[]): Choice | null {
    const found = choices.find((choice) => choice === this.of(column).toLowerCase());
    if (found === undefined) this.fail(column, column);
    return found ?? null;
  }

  money(column: Column): bigint | null {
    const cell = this.of(column);
    if (UNKNOWN.includes(cell.toLowerCase())) return null;
    const kopecks = decimal(cell, 2);
    if (kopecks === null || kopecks > MOST.kopecks) this.fail(column, 'money');
    return kopecks;
  }

  allowance<Kind extends keyof TariffTerms, Amount extends keyof TariffTerms>(
    ...[column, [kind, amount], places, most]: [Column, readonly [Kind, Amount], number, bigint]
  ): Record<Kind, AllowanceKind> & Record<Amount, number | null> {
    const said = (is: AllowanceKind, units: number | null) =>
      ({ [kind]: is, [amount]: units }) as Record<Kind, AllowanceKind> & Record<Amount, number | null>;
    const cell = this.of(column).toLowerCase();
    if (UNKNOWN.includes(cell)) return said('unknown', null);
    if (UNLIMITED.includes(cell)) return said('unlimited', null);
    if (NONE.includes(cell)) return said('none', null);
    const units = decimal(cell, places);
    if (units !== null && units > 0n && units <= most) return said('amount', Number(units));
    this.fail(column, 'allowance');
    return said('unknown', null);
  }

  extras(): string[] {
    const extras = readExtras(this.of('extras'));
    if (extras.length > MOST.extras || extras.some((extra) => extra.length > MOST.extra)) this.fail('extras', 'extras');
    if (/[^\P{C}\n]/u.test(extras.join(''))) this.fail('extras', 'text');
    return extras;
  }

  year(): number | null {
    const cell = this.of('year');
    if (cell === '') return null;
    if (!/^20\d\d$/.test(cell)) this.fail('year', 'year');
    return Number(cell);
  }

  yesOrNo(column: Column): boolean {
    const cell = this.of(column).toLowerCase();
    if (!YES.includes(cell) && !NO.includes(cell)) this.fail(column, 'yes_or_no');
    return YES.includes(cell);
  }

  /** `2026-12-31` or `31.12.2026` */
  day(column: Column): string | null {
    const cell = this.of(column);
    if (cell === '') return null;
    const day = /^(\d\d)\.(\d\d)\.(\d{4})$/.test(cell) ? cell.split('.').reverse().join('-') : cell;
    if (/^\d{4}-\d\d-\d\d$/.test(day) && DateTime.fromISO(day).isValid) return day;
    this.fail(column, 'day');
    return null;
  }

  private of(column: Column): string {
    return this.fields[column] ?? '';
  }
}

/** `1 250,50` as people write it, in units of the last place. */
function decimal(cell: string, places: number): bigint | null {
  return parseDecimal(cell.replace(/[\s\u00a0]/gu, '').replace(',', '.'), places);
}
