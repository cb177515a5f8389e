import { pipeline, Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { groupCardNumber } from '../shared/ean13.js';
import { BatchNotFound } from './cards.errors.js';
import { PossessionCodes } from './possession-codes.service.js';

export interface BatchFile {
  name: string;
  /** UTF-8 with BOM, semicolons, CRLF: opens in spreadsheets with a double click. */
  csv: Readable;
}

const ROWS_A_READ = 5000;

/** The printer's list. It carries the possession codes, so who took it and when is on record. */
@Injectable()
export class BatchExport {
  constructor(
    private readonly database: Database,
    private readonly codes: PossessionCodes,
    private readonly audit: AuditLog,
  ) {}

  async exportBatch(batchId: string, headings: readonly string[], actor: Actor): Promise<BatchFile> {
    const [batch] = await this.database.query<{ number: number; title: string; size: number }>(
      `select number, title, size from card_batch where id = $1`,
      [batchId],
    );
    if (!batch) throw new BatchNotFound();
    await this.audit.record(this.database, {
      actor,
      action: 'card_batch.exported',
      object: { kind: 'card_batch', id: batchId },
      facts: { size: batch.size },
    });
    const rows = Readable.from(this.rowsOf(batchId, batch.title, headings));
    // A title such as «=1+1» stays text in a spreadsheet too.
    const csv = stringify({ bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: true });
    // Where reading fails, the pipeline breaks the file off: half a list must not look like a whole one.
    return { name: `cards-batch-${batch.number}.csv`, csv: pipeline(rows, csv, () => undefined) };
  }

  private async *rowsOf(
    batchId: string,
    title: string,
    headings: readonly string[],
  ): AsyncGenerator<readonly string[]> {
    yield headings;
    let after = '';
    for (;;) {
      const cards = await this.database.query<{ number: string }>(
        `select number from card where batch_id = $1 and number > $2 order by number limit $3`,
        [batchId, after, ROWS_A_READ],
      );
      for (const { number } of cards) {
        yield [number, groupCardNumber(number), this.codes.possessionCode(number), title];
      }
      const last = cards.at(-1);
      if (!last || cards.length < ROWS_A_READ) return;
      after = last.number;
    }
  }
}
