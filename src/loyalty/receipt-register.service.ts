import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { DomainError } from '../shared/domain-error.js';

/** What makes a receipt one receipt: a till, its number there, its time there. */
export interface ReceiptKey {
  terminalId: string;
  receiptNumber: string;
  receiptAt: Date;
}

/** The receipts of a batch that are registered already, or become so while the batch is worked. */
export class RegisteredReceipts {
  constructor(private readonly purchaseIds: Map<string, string>) {}

  /** (terminal, number, time) counts once: `receipt_already_registered` with the first purchase's id, unless it is `own`. */
  refuseDuplicate(receipt: ReceiptKey, own?: string): void {
    const id = this.purchaseIds.get(textOf(receipt));
    if (id !== undefined && id !== own) {
      throw new DomainError('receipt_already_registered', 'conflict', { id });
    }
  }

  add(receipt: ReceiptKey, purchaseId: string): void {
    this.purchaseIds.set(textOf(receipt), purchaseId);
  }
}

/**
 * A customer's claim earned by the time of the fiscal storage, which a till's own clock may miss by some minutes; a till gives
 * a number twice at the earliest in its next shift.
 */
const SAME_MINUTES = 10;

@Injectable()
export class ReceiptRegister {
  /** Purchases by these receipts, and such as a customer's claim made of one before its till came. */
  async find(sql: Sql, receipts: readonly ReceiptKey[]): Promise<RegisteredReceipts> {
    const rows = await sql.query<{ id: string; terminal_id: string; receipt_number: string; receipt_at: string }>(
      `with r as (select * from unnest($1::uuid[], $2::text[], $3::timestamptz[]) r (terminal_id, receipt_number, receipt_at))
       select c.purchase_id as id, r.terminal_id, r.receipt_number, r.receipt_at
       from r join station_receipt s using (terminal_id, receipt_number) join receipt_claim c on c.receipt_id = s.id
       where c.state = 'credited'
         and s.occurred_at between r.receipt_at - interval '${SAME_MINUTES} minutes' and r.receipt_at + interval '${SAME_MINUTES} minutes'
       union all
       select p.id, p.terminal_id, p.receipt_number, p.receipt_at from r
       join purchase p using (terminal_id, receipt_number, receipt_at)`,
      [
        receipts.map(({ terminalId }) => terminalId),
        receipts.map(({ receiptNumber }) => receiptNumber),
        receipts.map(({ receiptAt }) => receiptAt),
      ],
    );
    return new RegisteredReceipts(
      new Map(
        rows.map((row) => [
          textOf({
            terminalId: row.terminal_id,
            receiptNumber: row.receipt_number,
            receiptAt: new Date(row.receipt_at),
          }),
          row.id,
        ]),
      ),
    );
  }
}

function textOf({ terminalId, receiptNumber, receiptAt }: ReceiptKey): string {
  return `${terminalId} ${receiptAt.getTime()} ${receiptNumber}`;
}
