import { pipeline, Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { DateTime } from 'luxon';
import { Config } from '../infra/config/config.js';
import { text, type Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { formatDecimal } from '../shared/decimal.js';
import { harmlessCell } from '../shared/harmless-cell.js';
import { changeHundredths, type Operation, toOperation } from './operation.js';
import { operationTitle } from './operation-words.js';
import { keyOf, type OperationFilter, OperationQueries } from './queries/operations.queries.js';
import { readChoice, type StatementQuery, toFilter } from './statement-filter.js';

export interface StatementFile {
  name: string;
  csv: Readable;
}

const ROWS_A_READ = 500;
const COLUMNS = ['at', 'title', 'station', 'sum', 'earned', 'spent', 'change'] as const;

/** The statement as a spreadsheet opens it: UTF-8 with BOM, semicolons, decimal commas in Russian. */
@Injectable()
export class StatementExport {
  constructor(
    private readonly operations: OperationQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  statement(customerId: string, query: StatementQuery, language: Language): StatementFile {
    const filter = toFilter(readChoice(query), this.config.timeZone);
    const day = DateTime.fromJSDate(this.clock.now(), { zone: this.config.timeZone }).toISODate();
    const rows = Readable.from(this.rowsOf(customerId, filter, language));
    const csv = stringify({ bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: false });
    return { name: `points-${day}.csv`, csv: pipeline(rows, csv, () => undefined) };
  }

  private async *rowsOf(
    customerId: string,
    filter: OperationFilter,
    language: Language,
  ): AsyncGenerator<readonly string[]> {
    yield COLUMNS.map((column) => text(language, `cabinet:csv.${column}`));
    let after: string | null = null;
    for (;;) {
      const rows = await this.operations.list(customerId, filter, after, ROWS_A_READ);
      const read = rows.slice(0, ROWS_A_READ);
      for (const row of read) yield this.cells(toOperation(row), language);
      const last = read.at(-1);
      if (!last || rows.length <= ROWS_A_READ) return;
      after = keyOf(last);
    }
  }

  private cells(operation: Operation, language: Language): string[] {
    const { at, kind, station, totalKopecks, plusHundredths, minusHundredths } = operation;
    const figure = (units: bigint): string => formatDecimal(units).replace('.', language === 'ru' ? ',' : '.');
    return [
      DateTime.fromJSDate(at, { zone: this.config.timeZone }).toFormat('dd.MM.yyyy HH:mm'),
      harmlessCell(operationTitle(operation, language)),
      harmlessCell(station ?? ''),
      kind === 'purchase' || kind === 'held' ? figure(totalKopecks) : kind === 'refund' ? figure(-totalKopecks) : '',
      figure(plusHundredths),
      figure(minusHundredths),
      figure(changeHundredths(operation)),
    ];
  }
}
