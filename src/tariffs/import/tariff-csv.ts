import { stringify } from 'csv-stringify/sync';
import { formatDecimal } from '../../shared/decimal.js';
import { harmlessCell } from '../../shared/harmless-cell.js';
import type { AllowanceKind, TariffTerms } from '../tariff-terms.js';
import { type Column, COLUMNS } from './tariff-file.js';

/** A tariff with its address, as a row of a file. */
export interface FileRow {
  operator: string;
  slug: string;
  terms: TariffTerms;
}

/** The same format that the import reads: UTF-8 with BOM, semicolons and decimal commas, as spreadsheets open it. */
export function tariffCsv(rows: readonly FileRow[]): Buffer {
  const table = rows.map((row) => {
    const cells = cellsOf(row);
    return COLUMNS.map((column) => cells[column]);
  });
  return Buffer.from(stringify([[...COLUMNS], ...table], { bom: true, delimiter: ';', record_delimiter: '\r\n' }));
}

function cellsOf({ operator, slug, terms }: FileRow): Record<Column, string> {
  const { minutesKind, trafficKind, smsKind } = terms;
  return {
    ...{ operator: harmlessCell(operator), name: harmlessCell(terms.name), slug },
    ...{ region: harmlessCell(terms.region ?? ''), audience: terms.audience, period: terms.period },
    ...{ price_rub: money(terms.priceKopecks), connection_fee_rub: money(terms.connectionFeeKopecks) },
    minutes: allowance(minutesKind, terms.minutes, 0),
    gigabytes: allowance(trafficKind, terms.trafficMegabytes, 3),
    sms: allowance(smsKind, terms.sms, 0),
    extras: harmlessCell(terms.extras.join('; ')),
    ...{ year: String(terms.sourceYear ?? ''), source: harmlessCell(terms.source ?? '') },
    ...{ quality: terms.sourceQuality ?? '', for_persons: terms.forPersons ? 'yes' : '' },
    ...{ conditions: harmlessCell(terms.conditions ?? ''), last_day: terms.lastDay ?? '' },
  };
}

function money(kopecks: bigint | null): string {
  return kopecks === null ? '' : decimal(kopecks, 2);
}

function allowance(kind: AllowanceKind, amount: number | null, places: number): string {
  if (kind === 'amount') return decimal(BigInt(amount!), places);
  return kind === 'unknown' ? '' : kind;
}

function decimal(units: bigint, places: number): string {
  if (places === 0) return units.toString();
  return formatDecimal(units, places)
    .replace(/\.?0+$/, '')
    .replace('.', ',');
}
