import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import type { OrderState, StoredOrder } from './order.js';
import { OrderChanged, OrderNotFound } from './orders.errors.js';

export const ORDER_COLUMNS = `id, number, revision, source, language, customer_id, state, held_from, refusal, name, company, phone,
  email, foreign_citizen, way, address, office_id, tariff_version_id, operator_id, sim_kind, wanted_number, used_by, comment,
  consent_version, consent_means, consent_at, request_id, link_id, sim_id, line_id, assignee_id, next_call_at, created_at, closed_at`;

export const ORDER_EVENTS = [
  ...(['created', 'joined', 'moved', 'assigned', 'call_set', 'commented'] as const),
  ...(['sim_reserved', 'sim_released', 'papers_issued', 'changed', 'sms_sent'] as const),
  ...(['activation_refused', 'activation_asked'] as const),
] as const;
export type OrderEventKind = (typeof ORDER_EVENTS)[number];

export interface OrderEvent {
  orderId: string;
  kind: OrderEventKind;
  from?: OrderState;
  to?: OrderState;
  reason?: string | null;
  comment?: string | null;
  /** Of `changed`: names of columns. */
  fields?: readonly string[];
  actor: Actor;
  at: Date;
}

/** Locks it for the transaction. Throws OrderNotFound. */
export async function lockOrder(sql: Sql, id: string): Promise<StoredOrder> {
  const [order] = await sql.query<StoredOrder>(`select ${ORDER_COLUMNS} from sim_order where id = $1 for update`, [id]);
  if (!order) throw new OrderNotFound();
  return order;
}

/** The same for whoever saw it as it was then. Throws OrderChanged too. */
export async function lockSeenOrder(
  sql: Sql,
  { id, revision }: { id: string; revision: number },
): Promise<StoredOrder> {
  const order = await lockOrder(sql, id);
  if (order.revision !== revision) throw new OrderChanged();
  return order;
}

/** The order with some of it changed, one revision on. */
export async function saveOrder(sql: Sql, before: StoredOrder, changes: Partial<StoredOrder>): Promise<StoredOrder> {
  const after = { ...before, ...changes, revision: before.revision + 1 };
  await sql.query(
    `update sim_order set revision = $2, state = $3, held_from = $4, refusal = $5, customer_id = $6, sim_id = $7, line_id = $8,
       assignee_id = $9, next_call_at = $10, closed_at = $11, name = $12, company = $13, phone = $14, email = $15,
       foreign_citizen = $16, way = $17, address = $18, office_id = $19, tariff_version_id = $20, operator_id = $21,
       sim_kind = $22, wanted_number = $23, link_id = $24 where id = $1`,
    [
      ...[after.id, after.revision, after.state, after.held_from, after.refusal, after.customer_id, after.sim_id],
      ...[after.line_id, after.assignee_id, after.next_call_at, after.closed_at, after.name, after.company],
      ...[after.phone, after.email, after.foreign_citizen, after.way, after.address, after.office_id],
      ...[after.tariff_version_id, after.operator_id, after.sim_kind, after.wanted_number, after.link_id],
    ],
  );
  return after;
}

export async function writeEvent(sql: Sql, event: OrderEvent): Promise<void> {
  const { orderId, kind, from, to, reason, comment, fields, actor, at } = event;
  await sql.query(
    `insert into sim_order_event (order_id, kind, from_state, to_state, reason, comment, fields, actor_kind, actor_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[orderId, kind, from ?? null, to ?? null, reason ?? null, comment ?? null],
      ...[fields ?? null, actor.kind, actor.id ?? null, at],
    ],
  );
}
