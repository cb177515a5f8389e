import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { ClaimRow, ReceiptHistory, ReceiptRow, Refusal } from './claim-terms.js';

/** What came of a claim, and who decided it where staff did. */
export type Settled = ({ purchaseId: string } | { reason: Refusal; decision?: string }) & { decidedBy?: string | null };

const RECEIPT = `r.id, r.station_id, r.terminal_id, r.receipt_number, r.kind, r.occurred_at, r.printed_at,
  r.total_kopecks, r.fiscal_sign, r.lines`;
const CLAIM = 'c.id, c.customer_id, c.printed_at, c.has_seconds, c.sum_kopecks, c.fiscal_sign, c.claimed_at';
/** A storage numbers its documents through, so a wrong sign shows as a mismatch and not as an unknown receipt. */
const SAME_DOCUMENT = 'fiscal_storage, fiscal_document';

/** What the settlement of claims reads and writes. */
@Injectable()
export class SettlementQueries {
  constructor(private readonly database: Database) {}

  /** Claims that wait for receipts of this upload, the earliest first. */
  async waitingFor(uploadId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select c.id from station_receipt r join receipt_claim c using (${SAME_DOCUMENT})
       where r.upload_id = $1 and c.state = 'waiting' order by c.claimed_at, c.id`,
      [uploadId],
    );
    return rows.map(({ id }) => id);
  }

  async lockReceipts(sql: Sql, claimId: string): Promise<ReceiptRow[]> {
    return sql.query<ReceiptRow>(
      `select ${RECEIPT} from receipt_claim c join station_receipt r using (${SAME_DOCUMENT})
       where c.id = $1 order by r.id for no key update of r`,
      [claimId],
    );
  }

  /** The claims on the same document that still wait, in the order in which they were made. */
  async lockClaims(sql: Sql, claimId: string): Promise<ClaimRow[]> {
    return sql.query<ClaimRow>(
      `select ${CLAIM} from receipt_claim mine join receipt_claim c using (${SAME_DOCUMENT})
       where mine.id = $1 and c.state = 'waiting' order by c.claimed_at, c.id for update of c`,
      [claimId],
    );
  }

  /**
   * A till gives a number twice at the earliest in its next shift, so one of half a day around is the same receipt, whatever
   * seconds the till and its fiscal storage disagree by. A refund belongs to the latest sale of its number.
   */
  async history(sql: Sql, receipt: ReceiptRow): Promise<ReceiptHistory> {
    const [row] = await sql.query<ReceiptHistory & Record<string, unknown>>(
      `select
         exists (select from receipt_claim where receipt_id = $1 and state = 'credited') as claimed,
         exists (select from purchase where terminal_id = $2 and receipt_number = $3
                 and receipt_at between $4::timestamptz - interval '12 hours' and $4::timestamptz + interval '12 hours') as earned,
         exists (select from station_receipt f where f.kind = 'refund' and f.terminal_id = $2 and f.refunded_number = $3
                 and f.occurred_at >= $4 and not exists (
                   select from station_receipt s where s.kind = 'sale' and s.terminal_id = $2 and s.receipt_number = $3
                   and s.occurred_at > $4 and s.occurred_at <= f.occurred_at)) as refunded`,
      [receipt.id, receipt.terminal_id, receipt.receipt_number, receipt.occurred_at],
    );
    return row!;
  }

  /** The customer's card that earns: one they had at the time first, else as a till finds it by phone. */
  async cardOf(sql: Sql, customerId: string, at: string): Promise<string | undefined> {
    const [card] = await sql.query<{ number: string }>(
      `select number from card where customer_id = $1 and state = 'active'
       order by coalesce(sold_at <= $2, true) desc, kind = 'virtual' desc, activated_at desc limit 1`,
      [customerId, at],
    );
    return card?.number;
  }

  /** Whether one claim on these receipts is with staff: those behind it wait for what comes of it. */
  async isReviewed(sql: Sql, receipts: readonly ReceiptRow[]): Promise<boolean> {
    const rows = await sql.query(`select from receipt_claim where receipt_id = any($1) and state = 'review'`, [
      receipts.map(({ id }) => id),
    ]);
    return rows.length > 0;
  }

  /** A claim that staff decide on, behind its receipts' locks; undefined where somebody has decided. */
  async lockReviewed(sql: Sql, claimId: string): Promise<(ClaimRow & { receipt_id: string }) | undefined> {
    const [claim] = await sql.query<ClaimRow & { receipt_id: string }>(
      `select ${CLAIM}, c.receipt_id from receipt_claim c where c.id = $1 and c.state = 'review' for update`,
      [claimId],
    );
    return claim;
  }

  async leaveToStaff(sql: Sql, claimId: string, receiptId: string): Promise<void> {
    await sql.query(`update receipt_claim set state = 'review', receipt_id = $2 where id = $1`, [claimId, receiptId]);
  }

  async close(sql: Sql, claimId: string, receiptId: string, outcome: Settled, now: Date): Promise<void> {
    const credited = 'purchaseId' in outcome;
    await sql.query(
      `update receipt_claim
       set state = $2, reason = $3, purchase_id = $4, receipt_id = $5, settled_at = $6, decided_by = $7, decision = $8
       where id = $1`,
      [
        ...[claimId, credited ? 'credited' : 'refused', credited ? null : outcome.reason],
        ...[credited ? outcome.purchaseId : null, receiptId, now, outcome.decidedBy ?? null],
        credited ? null : (outcome.decision ?? null),
      ],
    );
  }
}
