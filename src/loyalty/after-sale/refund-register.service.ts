import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import { DomainError } from '../../shared/domain-error.js';
import type { Refund, RefundCall, RefundedLine } from './refund.js';

interface RefundRow {
  id: string;
  by_lines: boolean;
  occurred_at: string;
  sum_kopecks: string;
  returned_hundredths: string;
  taken_back_hundredths: string;
}

/** The rows of refunds. */
@Injectable()
export class RefundRegister {
  /** The refunds of a purchase, oldest first. */
  async of(sql: Sql, purchaseId: string): Promise<Refund[]> {
    const rows = await sql.query<RefundRow>(
      `select id, by_lines, occurred_at, sum_kopecks, returned_hundredths, taken_back_hundredths
       from refund where purchase_id = $1 order by id`,
      [purchaseId],
    );
    return rows.map((row) => ({
      ...{ id: row.id, byLines: row.by_lines, occurredAt: new Date(row.occurred_at) },
      sumKopecks: BigInt(row.sum_kopecks),
      returnedHundredths: BigInt(row.returned_hundredths),
      takenBackHundredths: BigInt(row.taken_back_hundredths),
    }));
  }

  /** How much of each line went back, in thousandths. */
  async returnedQuantities(sql: Sql, purchaseId: string): Promise<Map<number, bigint>> {
    const rows = await sql.query<{ index: number; quantity: string }>(
      `select l.index, sum(l.quantity_thousandths) as quantity
       from refund r join refund_line l on l.refund_id = r.id where r.purchase_id = $1 group by l.index`,
      [purchaseId],
    );
    return new Map(rows.map(({ index, quantity }) => [index, BigInt(quantity)]));
  }

  /**
   * A receipt counts once as a refund of this purchase: `receipt_already_registered` with the first id. It may give back
   * goods of another one besides.
   */
  async refuseDuplicate(sql: Sql, { purchaseId, terminalId, receiptNumber, receiptAt }: RefundCall): Promise<void> {
    const [row] = await sql.query<{ id: string }>(
      `select id from refund where purchase_id = $1 and terminal_id = $2 and receipt_number = $3 and receipt_at = $4`,
      [purchaseId, terminalId, receiptNumber, receiptAt],
    );
    if (row !== undefined) {
      throw new DomainError('receipt_already_registered', 'conflict', { id: row.id });
    }
  }

  add(call: RefundCall, accountId: string, refund: Refund, lines: readonly RefundedLine[], writes: WriteSet): void {
    writes.insert('refund', REFUND_COLUMNS, {
      ...{ id: refund.id, purchase_id: call.purchaseId, terminal_id: call.terminalId, account_id: accountId },
      ...{ by_lines: refund.byLines, receipt_number: call.receiptNumber, receipt_at: call.receiptAt },
      ...{ occurred_at: refund.occurredAt, sum_kopecks: refund.sumKopecks, cashier: call.cashier },
      ...{ returned_hundredths: refund.returnedHundredths, taken_back_hundredths: refund.takenBackHundredths },
    });
    for (const line of lines) {
      writes.insert('refund_line', LINE_COLUMNS, {
        ...{ refund_id: refund.id, index: line.index, quantity_thousandths: line.quantityThousandths },
        ...{ sum_kopecks: line.sumKopecks, returned_hundredths: line.returnedHundredths },
        taken_back_hundredths: line.takenBackHundredths,
      });
    }
  }
}

const REFUND_COLUMNS = [
  ...['id', 'purchase_id', 'terminal_id', 'account_id', 'by_lines', 'receipt_number', 'receipt_at', 'occurred_at'],
  ...['sum_kopecks', 'returned_hundredths', 'taken_back_hundredths', 'cashier'],
];
const LINE_COLUMNS = [
  ...['refund_id', 'index', 'quantity_thousandths', 'sum_kopecks', 'returned_hundredths', 'taken_back_hundredths'],
];
