import { Injectable } from '@nestjs/common';
import { IncomingFiles } from '../../tasks/exchange/incoming-files.service.js';
import { OperatorFileNotFound } from '../../tasks/tasks.errors.js';
import { ChannelQueries, type FileRow } from './channel.queries.js';

/** A file that went to an operator or came from one, as staff see it. */
@Injectable()
export class FilePages {
  constructor(
    private readonly queries: ChannelQueries,
    private readonly incoming: IncomingFiles,
  ) {}

  /** With what it is about; one that waits to be taken, with what that would do. Throws OperatorFileNotFound. */
  async file(id: string): Promise<object> {
    const row = await this.queries.file(id);
    if (!row) throw new OperatorFileNotFound();
    const untaken = row.direction === 'in' && row.finished_at === null && row.whole;
    const [rows, outcome] = await Promise.all([this.queries.rows(id), untaken ? this.incoming.dryRun(id) : null]);
    const faults = (outcome?.faults ?? row.faults).map(({ line, code }) => ({ line, textKey: `tasks:faults.${code}` }));
    const useful = outcome !== null && outcome.taken + outcome.known > 0;
    return { file: shownFile(row), rows, outcome, useful, faults };
  }
}

export function shownFile(row: FileRow): object {
  return { ...row, out: row.direction === 'out', faultCount: row.faults.length };
}
