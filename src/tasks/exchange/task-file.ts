import { stringify } from 'csv-stringify/sync';
import { harmlessCell } from '../../shared/harmless-cell.js';
import type { StoredTask, TaskDetails } from '../operator-task.js';

/** What an operator reads of each task (docs/operator-exchange.md). */
const COLUMNS = [
  ...(['task', 'attempt', 'kind', 'number', 'tariff', 'iccid', 'ported_number', 'donor'] as const),
  ...(['from', 'through', 'due'] as const),
];
type Column = (typeof COLUMNS)[number];

/** UTF-8 with BOM, semicolons, RFC 4180. Words are no formulas in a spreadsheet; figures stay as they are. */
export function taskFile(tasks: readonly StoredTask[]): Buffer {
  const table = tasks.map((task) => {
    const cells = cellsOf(task);
    return COLUMNS.map((column) => cells[column] ?? '');
  });
  return Buffer.from(stringify([[...COLUMNS], ...table], { bom: true, delimiter: ';', record_delimiter: '\r\n' }));
}

function cellsOf({ number, attempts, kind, details, promised_at }: StoredTask): Partial<Record<Column, string>> {
  const due = new Date(promised_at).toISOString().replace(/\.\d+Z$/, 'Z');
  const common = { task: number, attempt: String(attempts), kind, number: digits(details.number), due };
  return { ...common, ...ownCells(details) };
}

function ownCells(details: TaskDetails): Partial<Record<Column, string>> {
  switch (details.kind) {
    case 'activate':
      return { tariff: harmlessCell(details.tariff) };
    case 'change_tariff':
      return { tariff: harmlessCell(details.tariff), from: details.from };
    case 'suspend':
      return { through: details.through };
    case 'resume':
      return {};
    case 'replace_sim':
      return { iccid: details.iccid };
    case 'port':
      return { ported_number: digits(details.ported), donor: harmlessCell(details.donor), from: details.from };
  }
}

/** `+79211234567` as `79211234567`: a plus would begin a formula. */
function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}
