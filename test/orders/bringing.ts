import { OrderDesk } from '../../src/orders/desk/order-desk.service.js';
import { OrderPapers } from '../../src/orders/desk/order-papers.service.js';
import { OrderSims } from '../../src/orders/desk/order-sims.service.js';
import type { OrderState } from '../../src/orders/order.js';
import type { TestApp } from '../support/app.js';
import { type Ordered, orderRow } from './ordering.js';

const WAY = ['called', 'agreed', 'prepared', 'in_delivery'] as const satisfies readonly OrderState[];

/** On its way to the customer, with this card, brought there by this clerk. */
export async function bringTo(
  app: TestApp,
  { id }: Pick<Ordered, 'id'>,
  simId: string,
  clerkId: string,
): Promise<void> {
  const seen = async () => {
    const { revision } = await orderRow(app, id);
    return { id, revision: Number(revision), clerkId };
  };
  await app.get(OrderSims).reserve(await seen(), simId);
  await app.get(OrderPapers).issue(await seen());
  for (const to of WAY) await app.get(OrderDesk).move(await seen(), { to, reason: null, refusal: null });
}
