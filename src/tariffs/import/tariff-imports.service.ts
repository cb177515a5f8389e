import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Operators } from '../operators.service.js';
import { type Change, FileComparison } from './file-comparison.service.js';
import { type KeptTerms, keepTerms } from './kept-terms.js';
import { readTariffFile } from './tariff-file.js';
import { type ReadRow, readTariffRow, type RowFault } from './tariff-rows.js';
import { writeChanges } from './write-changes.js';

const SHOWN_FAULTS = 100;
const STATEMENT_TIMEOUT_MS = 60_000;

/** A change as it is kept between the check of a file and its import. */
export type KeptChange = Omit<Change, 'before' | 'terms'> & { before: KeptTerms | null; terms: KeptTerms };

/** Tariffs out of files: a file is checked first and imported when staff say so. */
@Injectable()
export class TariffImports {
  constructor(
    private readonly database: Database,
    private readonly operators: Operators,
    private readonly comparison: FileComparison,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads the file, compares it with the tariffs that there are and keeps both, changing nothing yet; returns the import's id.
   * Refuses a file that cannot be read: `tariff_file_empty`, `_columns`, `_strange`, `_broken`, `_long`.
   */
  async check(fileName: string, bytes: Uint8Array, actor: Actor): Promise<string> {
    const raw = readTariffFile(bytes);
    const operators = await this.operatorIds();
    const rows: ReadRow[] = [];
    const faults: RowFault[] = [];
    for (const line of raw) {
      const read = readTariffRow(line, operators);
      if (Array.isArray(read)) faults.push(...read);
      else rows.push(read);
    }
    const { changes, unchanged, faults: doubtful } = await this.comparison.compare(rows);
    faults.push(...doubtful);
    faults.sort((one, other) => one.row - other.row);
    const added = changes.filter(({ tariffId }) => tariffId === null).length;
    const faulty = new Set(faults.map(({ row }) => row)).size;
    const id = newId();
    await this.database.transaction(async (sql) => {
      await sql.query(
        `insert into tariff_import (id, file_name, rows, row_count, new_count, changed_count, unchanged_count,
                                    fault_count, faults, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[id, fileName, JSON.stringify(changes.map(kept)), raw.length, added, changes.length - added, unchanged],
          ...[faulty, JSON.stringify(faults.slice(0, SHOWN_FAULTS)), actor.id ?? null, this.clock.now()],
        ],
      );
      await this.record(sql, actor, 'checked', id, { rows: raw.length, faults: faulty });
    });
    return id;
  }

  /**
   * Takes over what a checked file says, in force at once or as drafts; what was wrong in it stays out. Throws
   * `tariff_import_done`, and `tariff_import_outdated` where a tariff changed since the check.
   */
  async importChecked(id: string, choice: 'publish' | 'draft', actor: Actor): Promise<number> {
    return this.database.transaction(
      async (sql) => {
        const [found] = await sql.query<{ rows: KeptChange[] | null }>(
          'select rows from tariff_import where id = $1 for update',
          [id],
        );
        if (!found) throw new DomainError('tariff_import_not_found', 'not_found');
        if (found.rows === null) throw new DomainError('tariff_import_done', 'conflict');
        const now = this.clock.now();
        await writeChanges(sql, found.rows, { choice, now, clerkId: actor.id ?? null });
        await sql.query(
          `update tariff_import set state = 'imported', rows = null, published = $2, imported_at = $3 where id = $1`,
          [id, choice === 'publish', now],
        );
        await this.record(sql, actor, 'imported', id, { tariffs: found.rows.length, choice });
        return found.rows.length;
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
  }

  /** A foreign id is a 404 whatever else is wrong with a form. */
  async mustExist(id: string): Promise<void> {
    const [found] = await this.database.query('select from tariff_import where id = $1', [id]);
    if (!found) throw new DomainError('tariff_import_not_found', 'not_found');
  }

  /** By code and by name. */
  private async operatorIds(): Promise<Map<string, string>> {
    const operators = await this.operators.list();
    return new Map(
      operators.flatMap(({ id, code, name }): [string, string][] => [
        [code, id],
        [name.toLowerCase(), id],
      ]),
    );
  }

  private record(sql: Sql, actor: Actor, verb: string, id: string, facts: Record<string, unknown>): Promise<void> {
    const object = { kind: 'tariff_import', id };
    return this.audit.record(sql, { actor, action: `tariff_import.${verb}`, object, facts });
  }
}

function kept(change: Change): KeptChange {
  return { ...change, terms: keepTerms(change.terms), before: change.before && keepTerms(change.before) };
}
