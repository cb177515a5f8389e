import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { SYSTEM } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Refunds } from '../after-sale/refunds.service.js';
import { CardMoved } from '../purchase-look-up.service.js';

/** A refund that a station tells of, with the credited purchase that it gives back. */
interface ReturnRow {
  refund_receipt_id: string;
  station_id: string;
  terminal_id: string;
  receipt_number: string;
  occurred_at: string;
  total_kopecks: string;
  claim_id: string;
  purchase_id: string;
  /** Whether the file leaves no doubt which sale is meant. */
  certain: boolean;
  /** Not given back yet. */
  left_kopecks: string;
  /** The till registered this very refund itself. */
  at_till: boolean;
}

type Outcome = { refundId: string } | { reason: 'at_till' | 'unclear' };

const ATTEMPTS = 4;

/**
 * The latest sale of the number before the refund, within a month. A file that names no other receipt may mean one of an
 * earlier shift, whose numbers come again: it is certain only of the same sum and half a day.
 */
const SALE = `
  join lateral (
    select s.id, s.total_kopecks, s.occurred_at from station_receipt s
    where s.kind = 'sale' and s.terminal_id = f.terminal_id and s.receipt_number = f.refunded_number
      and s.occurred_at between f.occurred_at - interval '30 days' and f.occurred_at
    order by s.occurred_at desc limit 1) sale on true`;
const CERTAIN = `f.refunded_number <> f.receipt_number
  or f.total_kopecks = sale.total_kopecks and f.occurred_at - sale.occurred_at <= interval '12 hours'`;

/** Takes the points of credited receipts back where a station's file says that they were refunded (product L13). */
@Injectable()
export class ClaimReturns {
  constructor(
    private readonly database: Database,
    private readonly refunds: Refunds,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Works the upload's refunds, each once and in a transaction of its own. What is not certain is left to staff. */
  async takeBack(uploadId: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `select f.id from station_receipt f ${SALE}
       where f.upload_id = $1 and f.kind = 'refund' and not exists (select from claim_return where receipt_id = f.id)
         and exists (select from station_receipt r join receipt_claim c using (fiscal_storage, fiscal_document)
                     where r.id = sale.id and c.state in ('waiting', 'review', 'credited'))
       order by f.occurred_at, f.id`,
      [uploadId],
    );
    for (const { id } of rows) await this.work(id);
  }

  private async work(refundReceiptId: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((sql) => this.workWithin(sql, refundReceiptId));
      } catch (error) {
        // A card changed hands meanwhile.
        if (!(error instanceof CardMoved) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async workWithin(sql: Sql, refundReceiptId: string): Promise<void> {
    // The sale's lock is the one that claims are settled under: whichever is later sees the other.
    await sql.query(
      `select s.id from station_receipt s
       where s.id = (select sale.id from station_receipt f ${SALE} where f.id = $1) for no key update`,
      [refundReceiptId],
    );
    const row = await this.find(sql, refundReceiptId);
    if (!row) return;
    const outcome = await this.outcomeOf(sql, row);
    const refundId = 'refundId' in outcome ? outcome.refundId : null;
    const reason = 'reason' in outcome ? outcome.reason : null;
    await sql.query(
      `insert into claim_return (receipt_id, purchase_id, refund_id, reason, worked_at) values ($1, $2, $3, $4, $5)`,
      [refundReceiptId, row.purchase_id, refundId, reason, this.clock.now()],
    );
    if (refundId === null) return;
    const [object, facts] = [
      { kind: 'receipt_claim', id: row.claim_id },
      { purchase: row.purchase_id, refund: refundId },
    ];
    await this.audit.record(sql, { actor: SYSTEM, action: 'receipt_claim.returned', object, facts });
  }

  private async outcomeOf(sql: Sql, row: ReturnRow): Promise<Outcome> {
    if (row.at_till || row.left_kopecks === '0') return { reason: 'at_till' };
    if (!row.certain || BigInt(row.total_kopecks) > BigInt(row.left_kopecks)) return { reason: 'unclear' };
    const writes = new WriteSet();
    const call = {
      ...{ terminalId: row.terminal_id, stationId: row.station_id, purchaseId: row.purchase_id, cashier: null },
      ...{ receiptNumber: row.receipt_number, receiptAt: new Date(row.occurred_at) },
      wish: { sumKopecks: BigInt(row.total_kopecks) },
    };
    const refund = await this.refunds.refund(sql, call, this.clock.now(), writes);
    await writes.flush(sql);
    if (!(refund instanceof DomainError)) return { refundId: refund.id };
    return { reason: refund.code === 'receipt_already_registered' ? 'at_till' : 'unclear' };
  }

  private async find(sql: Sql, refundReceiptId: string): Promise<ReturnRow | undefined> {
    const [row] = await sql.query<ReturnRow>(
      `select f.id as refund_receipt_id, p.station_id, f.terminal_id, f.receipt_number, f.occurred_at, f.total_kopecks,
         c.id as claim_id, p.id as purchase_id, (${CERTAIN}) as certain,
         p.total_kopecks - p.redeemed_hundredths
           - coalesce((select sum(sum_kopecks) from refund where purchase_id = p.id), 0) as left_kopecks,
         exists (select from refund b where b.purchase_id = p.id and b.terminal_id = f.terminal_id
                 and b.receipt_number = f.receipt_number
                 and b.receipt_at between f.occurred_at - interval '12 hours' and f.occurred_at + interval '12 hours') as at_till
       from station_receipt f ${SALE} join receipt_claim c on c.receipt_id = sale.id and c.state = 'credited'
       join purchase p on p.id = c.purchase_id
       where f.id = $1 and not exists (select from claim_return where receipt_id = f.id)`,
      [refundReceiptId],
    );
    return row;
  }
}
