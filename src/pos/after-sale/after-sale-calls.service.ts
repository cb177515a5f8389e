import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import type { CancelCall, ConfirmCall } from '../../loyalty/after-sale/held-purchases.service.js';
import type { RefundCall, RefundWish } from '../../loyalty/after-sale/refund.js';
import { parseDecimal } from '../../shared/decimal.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { ConfirmDto, RefundDto } from '../dto/after-sale.dto.js';
import { CashierDto } from '../dto/purchase.dto.js';
import { PurchaseCalls } from '../purchase-call.service.js';
import { validateBody } from '../validate.js';

/** Reads what a till wants done with a registered purchase; throws InvalidInput with every field at fault. */
@Injectable()
export class AfterSaleCalls {
  constructor(private readonly purchases: PurchaseCalls) {}

  async confirm(terminal: TerminalIdentity, purchaseId: string, body: unknown): Promise<ConfirmCall> {
    const dto = validateBody(ConfirmDto, body ?? {});
    const sale = await this.purchases.readSale(terminal, dto);
    return { stationId: terminal.stationId, purchaseId, ...sale, cashier: dto.cashier ?? null };
  }

  cancel({ stationId }: TerminalIdentity, purchaseId: string, body: unknown): CancelCall {
    return { stationId, purchaseId, cashier: validateBody(CashierDto, body ?? {}).cashier ?? null };
  }

  async refund(terminal: TerminalIdentity, purchaseId: string, body: unknown): Promise<RefundCall> {
    const dto = validateBody(RefundDto, body);
    const wish = wishOf(dto);
    const { receipt } = await this.purchases.readSale(terminal, { receipt: dto.receipt });
    return {
      ...{ terminalId: terminal.terminalId, stationId: terminal.stationId, purchaseId },
      ...{ receiptNumber: receipt!.number, receiptAt: receipt!.at, wish, cashier: dto.cashier ?? null },
    };
  }
}

function wishOf({ sum, lines }: RefundDto): RefundWish {
  if ((sum == null) === (lines == null)) {
    throw new InvalidInput([{ path: sum == null ? 'sum' : 'lines', code: 'sum_or_lines' }]);
  }
  return sum == null
    ? { lines: lines!.map((line) => ({ index: line.index, quantityThousandths: parseDecimal(line.quantity, 3)! })) }
    : { sumKopecks: parseDecimal(sum, 2)! };
}
