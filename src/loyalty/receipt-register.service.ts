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

@Injectable()
export class ReceiptRegister {
  async find(sql: Sql, receipts: readonly ReceiptKey[]): Promise<RegisteredReceipts> {
    const rows = await sql.query<{ id: string; terminal_id: string; receipt_number: string; receipt_at: string }>(
      `select p.id, p.terminal_id, p.receipt_number, p.receipt_at
       from unnest($1::uuid[], $2::text[], $3::timestamptz[]) r (terminal_id, receipt_number, receipt_at)
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
