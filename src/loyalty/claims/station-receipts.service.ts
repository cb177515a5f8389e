import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { newId } from '../../shared/ids.js';
import type { RowFault, StationReceipt } from './receipt-rows.js';

interface Numbered {
  row: number;
  receipt: StationReceipt;
}

/** The register of fiscal receipts that stations have told of: one row for each, however often it is uploaded. */
@Injectable()
export class StationReceipts {
  /** What may be imported, and the rows that say twice, or against the register, what one receipt was. */
  async compare(sql: Sql, rows: readonly Numbered[]): Promise<{ kept: StationReceipt[]; doubtful: RowFault[] }> {
    const known = await this.known(
      sql,
      rows.map(({ receipt }) => receipt),
    );
    const seen = new Set<string>();
    const kept: StationReceipt[] = [];
    const doubtful: RowFault[] = [];
    for (const { row, receipt } of rows) {
      const fiscal = fiscalOf(receipt);
      const earlier = known.get(fiscal);
      if (seen.has(fiscal)) {
        doubtful.push({ row, field: 'fp', code: 'repeated' });
      } else if (earlier !== undefined && earlier !== essenceOf(receipt)) {
        doubtful.push({ row, field: 'fp', code: 'differs' });
      } else {
        kept.push(receipt);
      }
      seen.add(fiscal);
    }
    return { kept, doubtful };
  }

  /** How many of them were new. */
  async add(sql: Sql, uploadId: string, receipts: readonly StationReceipt[]): Promise<number> {
    const added = await sql.query(
      `insert into station_receipt
         (id, upload_id, station_id, terminal_id, receipt_number, kind, occurred_at, printed_at, total_kopecks,
          fiscal_storage, fiscal_document, fiscal_sign, refunded_number, lines)
       select r.id, $1, r."stationId", r."terminalId", r."receiptNumber", r.kind, r."occurredAt", r."printedAt",
              r."totalKopecks", r.storage, r.document, r.sign, r."refundedNumber", r.lines
       from json_to_recordset($2) r (id uuid, "stationId" uuid, "terminalId" uuid, "receiptNumber" text, kind text,
         "occurredAt" timestamptz, "printedAt" timestamp, "totalKopecks" bigint, storage text, document bigint,
         sign bigint, "refundedNumber" text, lines jsonb)
       order by r.storage, r.document, r.sign
       on conflict (fiscal_storage, fiscal_document, fiscal_sign) do nothing returning 1`,
      [uploadId, JSON.stringify(receipts.map((receipt) => ({ id: newId(), ...receipt })))],
    );
    return added.length;
  }

  /** By their fiscal numbers: what is known of them, as text. */
  private async known(sql: Sql, receipts: readonly StationReceipt[]): Promise<Map<string, string>> {
    const rows = await sql.query<StationReceipt & Record<string, unknown>>(
      `select s.terminal_id as "terminalId", s.receipt_number as "receiptNumber", s.kind, s.occurred_at as "occurredAt",
              s.total_kopecks as "totalKopecks", s.fiscal_storage as storage, s.fiscal_document as document,
              s.fiscal_sign as sign
       from unnest($1::text[], $2::bigint[], $3::bigint[]) r (storage, document, sign)
       join station_receipt s
         on s.fiscal_storage = r.storage and s.fiscal_document = r.document and s.fiscal_sign = r.sign`,
      [receipts.map((it) => it.storage), receipts.map((it) => it.document), receipts.map((it) => it.sign)],
    );
    return new Map(rows.map((row) => [fiscalOf(row), essenceOf(row)]));
  }
}

function fiscalOf({ storage, document, sign }: StationReceipt): string {
  return `${storage} ${document} ${sign}`;
}

function essenceOf({ terminalId, receiptNumber, kind, occurredAt, totalKopecks }: StationReceipt): string {
  return [terminalId, receiptNumber, kind, new Date(occurredAt).getTime(), totalKopecks].join(' ');
}
