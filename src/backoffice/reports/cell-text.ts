import { DateTime } from 'luxon';
import { formatDate, formatInteger, formatMoney, formatPercent, formatPoints } from '../../infra/i18n/format.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { Cell, CellKind } from './report.js';

export interface Reader {
  language: Language;
  zone: string;
  now: Date;
}

const NBSP = '\u00a0';
const NOTHING = '—';

/** A cell as people read it on the page. */
export function cellText(kind: CellKind, cell: Cell, reader: Reader): string {
  if (cell === null) return NOTHING;
  switch (kind) {
    case 'text':
      return String(cell);
    case 'day':
      return formatDate(noon(String(cell)), reader);
    case 'month':
      return monthText(String(cell), 'LLLL yyyy', reader.language);
    case 'count':
      return formatInteger(Number(cell), reader.language);
    case 'points':
      return formatPoints(BigInt(cell), reader.language);
    case 'money':
      return formatMoney(BigInt(cell), reader.language);
    case 'percent':
      return `${formatPercent(Number(cell), reader.language)}${reader.language === 'ru' ? NBSP : ''}%`;
  }
}

/** Under a chart there is room for little. */
export function axisText(kind: CellKind, cell: Cell, reader: Reader): string {
  if (kind === 'day') return `${String(cell).slice(8)}.${String(cell).slice(5, 7)}`;
  return kind === 'month' ? monthText(String(cell), 'LLL yy', reader.language) : cellText(kind, cell, reader);
}

/** `Ноябрь 2026` */
function monthText(month: string, format: string, language: Language): string {
  const words = DateTime.fromISO(month, { zone: 'UTC', locale: language }).toFormat(format);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A moment that is this calendar day in every zone of the country. */
function noon(day: string): Date {
  return new Date(`${day}T06:00:00Z`);
}
