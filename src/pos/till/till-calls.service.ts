import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DomainError } from '../../shared/domain-error.js';
import { type TillDevice, TillDevices } from '../../stations/tills/till-devices.service.js';
import { TillShifts } from '../../stations/tills/till-shifts.service.js';
import { CardDesk } from '../card-desk.service.js';
import type { KeyedCall } from '../idempotency.service.js';
import type { GivenAnswer } from '../keyed-writes.service.js';
import { PurchaseDesk } from '../purchase-desk.service.js';

/**
 * The page's writes at the desks of the POS API. The page names the shift that a receipt was made in, never the cashier:
 * the name comes from there.
 */
@Injectable()
export class TillCalls {
  constructor(
    private readonly purchases: PurchaseDesk,
    private readonly cards: CardDesk,
    private readonly shifts: TillShifts,
    private readonly devices: TillDevices,
  ) {}

  async purchase(device: TillDevice, call: KeyedCall, body: unknown): Promise<GivenAnswer> {
    const answer = await this.purchases.register(device.terminal, call, await this.signed(device, body));
    await this.devices.noteReceipt(device, (body as { receipt?: { number?: unknown } }).receipt?.number);
    return answer;
  }

  async sell(device: TillDevice, call: KeyedCall, number: string, body: unknown): Promise<GivenAnswer> {
    const { cashier } = await this.signed(device, body);
    return this.cards.sell(device.terminal, call, number, { cashier });
  }

  private async signed(device: TillDevice, body: unknown): Promise<{ cashier: string }> {
    const { shift } = (body ?? {}) as { shift?: unknown };
    const cashier = isUUID(shift) ? await this.shifts.cashierOf(device, shift as string) : null;
    if (cashier === null) throw new DomainError('till_shift_unknown', 'invalid');
    return { ...(body as object), cashier };
  }
}
