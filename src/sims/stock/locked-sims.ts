import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { SimNotFound, SimStateForbids } from '../sims.errors.js';
import { type Place, placeColumns } from './place.js';
import { mayBecome, type SimKind, type SimState } from './sim-state.js';

/** A card under its lock. */
export interface LockedSim {
  id: string;
  operatorId: string;
  kind: SimKind;
  numberKind: 'static' | 'dynamic';
  number: string | null;
  state: SimState;
  place: Place | null;
  /** The order that it is on. */
  orderId: string | null;
}

export type MovementVerb =
  'received' | 'moved' | 'reserved' | 'released' | 'assigned' | 'returned' | 'restocked' | 'written_off';

export interface Movement {
  verb: MovementVerb;
  orderId?: string | null;
  reason?: string | null;
  actor: Actor;
  at: Date;
}

interface SimRow {
  id: string;
  operator_id: string;
  kind: SimKind;
  number_kind: LockedSim['numberKind'];
  number: string | null;
  state: SimState;
  office_id: string | null;
  holder_id: string | null;
}

/** The cards with these ids, locked in id order so that two who want several never wait for each other. Unknown ids are left out. */
export async function lockSims(sql: Sql, ids: readonly string[]): Promise<LockedSim[]> {
  const rows = await sql.query<SimRow>(
    `select id, operator_id, kind, number_kind, number, state, office_id, holder_id
     from sim_card where id = any($1::uuid[]) order by id for update`,
    [ids],
  );
  // Looked up behind the locks: whoever waited sees what the other has done.
  const orders = await sql.query<{ sim_id: string; order_id: string }>(
    'select sim_id, order_id from sim_reservation where sim_id = any($1::uuid[]) and ended_at is null',
    [rows.map(({ id }) => id)],
  );
  const orderOf = new Map(orders.map((row) => [row.sim_id, row.order_id]));
  return rows.map((row) => ({
    id: row.id,
    operatorId: row.operator_id,
    kind: row.kind,
    numberKind: row.number_kind,
    number: row.number,
    state: row.state,
    place: placeOf(row),
    orderId: orderOf.get(row.id) ?? null,
  }));
}

/** Throws SimNotFound. */
export async function lockSim(sql: Sql, id: string): Promise<LockedSim> {
  const [sim] = await lockSims(sql, [id]);
  if (!sim) throw new SimNotFound();
  return sim;
}

/** Throws SimStateForbids. */
export function expectMayBecome(sim: LockedSim, to: SimState): void {
  if (!mayBecome(sim.state, to)) throw new SimStateForbids(sim.state);
}

/** Writes down where locked cards are from now on, and that they went there. */
export async function moveLocked(
  sql: Sql,
  sims: readonly LockedSim[],
  to: { state: SimState; place: Place | null },
  movement: Movement,
): Promise<void> {
  const { verb, orderId = null, reason = null, actor, at } = movement;
  const ids = sims.map(({ id }) => id);
  // Read before the update: it is where they came from.
  await sql.query(
    `insert into sim_movement (sim_id, verb, from_office_id, from_holder_id, to_office_id, to_holder_id, order_id, reason,
                               actor_kind, actor_id, at)
     select id, $2, office_id, holder_id, $3, $4, $5, $6, $7, $8, $9
     from sim_card where id = any($1::uuid[]) order by id`,
    [ids, verb, ...placeColumns(to.place), orderId, reason, actor.kind, actor.id ?? null, at],
  );
  await sql.query(`update sim_card set state = $2, office_id = $3, holder_id = $4 where id = any($1::uuid[])`, [
    ids,
    to.state,
    ...placeColumns(to.place),
  ]);
}

function placeOf({ office_id, holder_id }: Pick<SimRow, 'office_id' | 'holder_id'>): Place | null {
  if (office_id) return { kind: 'office', id: office_id };
  return holder_id ? { kind: 'staff', id: holder_id } : null;
}
