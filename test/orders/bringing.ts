import { OrderDesk, type SeenOrder } from '../../src/orders/desk/order-desk.service.js';
import { OrderPapers } from '../../src/orders/desk/order-papers.service.js';
import { OrderSims } from '../../src/orders/desk/order-sims.service.js';
import type { OrderState } from '../../src/orders/order.js';
import type { TestApp } from '../support/app.js';
import { orderRow } from './ordering.js';

export async function seenBy(app: TestApp, clerkId: string, orderId: string): Promise<SeenOrder> {
  const { revision } = await orderRow(app, orderId);
  return { id: orderId, revision: Number(revision), clerkId };
}

/** On its way to the customer, or at the office, with this card. */
export async function bring(app: TestApp, clerkId: string, orderId: string, simId: string): Promise<void> {
  const { way } = await orderRow(app, orderId);
  const third: OrderState = way === 'pickup' ? 'at_office' : 'in_delivery';
  await app.get(OrderSims).reserve(await seenBy(app, clerkId, orderId), simId);
  await app.get(OrderPapers).issue(await seenBy(app, clerkId, orderId));
  for (const to of ['called', 'agreed', 'prepared', third] as const) {
    await app.get(OrderDesk).move(await seenBy(app, clerkId, orderId), { to, reason: null, refusal: null });
  }
}

/** The four digits that are printed last on this card. */
export async function tailOf(app: TestApp, simId: unknown): Promise<string> {
  const [sim] = await app.database.query<{ iccid: string }>('select iccid from sim_card where id = $1', [simId]);
  return sim!.iccid.slice(-4);
}
