import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { ReceiptPlaces } from './places.service.js';
import { readReceiptFile } from './receipt-file.js';
import { readRow, type RowFault, type StationReceipt } from './receipt-rows.js';
import { StationReceipts } from './station-receipts.service.js';

export const UPLOAD_TOPIC = 'receipt_upload';
const SHOWN_FAULTS = 100;
const STATEMENT_TIMEOUT_MS = 60_000;

/** Stations' receipts, by which claims are confirmed: a file is checked first and imported when staff say so. */
@Injectable()
export class ReceiptUploads {
  constructor(
    private readonly database: Database,
    private readonly places: ReceiptPlaces,
    private readonly receipts: StationReceipts,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads the file and keeps what it says, with what is wrong row by row, until it is imported; returns the upload's id.
   * Refuses a file that cannot be read: `receipt_file_empty`, `_encoding`, `_columns`, `_broken`, `_list`, `_long`.
   */
  async check(fileName: string, bytes: Uint8Array, actor: Actor): Promise<string> {
    const now = this.clock.now();
    const [raw, places] = [readReceiptFile(bytes), await this.places.all()];
    const good: { row: number; receipt: StationReceipt }[] = [];
    const faults: RowFault[] = [];
    for (const row of raw) {
      const read = readRow(row, places, now);
      if (Array.isArray(read)) faults.push(...read);
      else good.push({ row: row.row, receipt: read });
    }
    const { kept, doubtful } = await this.receipts.compare(this.database, good);
    faults.push(...doubtful);
    faults.sort((one, other) => one.row - other.row);
    const id = newId();
    const counts = [raw.length, new Set(faults.map(({ row }) => row)).size];
    await this.database.transaction(async (sql) => {
      await sql.query(
        `insert into receipt_upload
           (id, file_name, receipts, row_count, fault_count, faults, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          fileName,
          JSON.stringify(kept),
          ...counts,
          JSON.stringify(faults.slice(0, SHOWN_FAULTS)),
          actor.id ?? null,
          now,
        ],
      );
      await this.record(sql, actor, 'checked', id, { rows: counts[0], faults: counts[1] });
    });
    return id;
  }

  /** Adds the receipts of a checked file; those that are known stay as they are. Claims are settled after the commit. */
  async importChecked(id: string, actor: Actor): Promise<{ added: number; known: number }> {
    const result = await this.database.transaction(
      async (sql) => {
        const [upload] = await sql.query<{ state: string; receipts: StationReceipt[] | null }>(
          'select state, receipts from receipt_upload where id = $1 for update',
          [id],
        );
        if (!upload) throw new DomainError('receipt_upload_not_found', 'not_found');
        if (upload.receipts === null) throw new DomainError('receipt_upload_imported', 'conflict');
        const added = await this.receipts.add(sql, id, upload.receipts);
        const counts = { added, known: upload.receipts.length - added };
        await sql.query(
          `update receipt_upload set state = 'imported', receipts = null, added_count = $2, known_count = $3,
             imported_at = $4 where id = $1`,
          [id, counts.added, counts.known, this.clock.now()],
        );
        await this.outbox.put(sql, UPLOAD_TOPIC, id);
        await this.record(sql, actor, 'imported', id, counts);
        return counts;
      },
      { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    );
    this.outbox.ring();
    return result;
  }

  private record(
    ...[sql, actor, verb, id, facts]: [
      Parameters<AuditLog['record']>[0],
      Actor,
      string,
      string,
      Record<string, unknown>,
    ]
  ): Promise<void> {
    const object = { kind: 'receipt_upload', id };
    return this.audit.record(sql, { actor, action: `receipt_upload.${verb}`, object, facts });
  }
}
