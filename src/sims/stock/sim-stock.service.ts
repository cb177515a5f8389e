import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { NoSimLeft, SimNumberTaken, SimOfAnotherOrder, SimStateForbids, SimTaken } from '../sims.errors.js';
import { expectMayBecome, type LockedSim, lockSim, type MovementVerb, moveLocked } from './locked-sims.js';
import { expectOpenPlace, type Place } from './place.js';
import { type SimWish, wishSql } from './sim-wish.js';
import type { SimState } from './sim-state.js';

interface Step {
  verb: MovementVerb;
  state: SimState;
  place: Place | null;
  orderId?: string | null;
  reason?: string | null;
}

/**
 * What orders and replacements do with the stock (T4), always within the caller's transaction and under the card's lock. That no card is on two
 * orders is also what `sim_reservation_live_idx` says.
 */
@Injectable()
export class SimStock {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Holds this very card for the order; asked again for the same order it is held already. Throws SimNotFound, SimTaken. */
  async reserve(sql: Sql, simId: string, orderId: string, actor: Actor): Promise<void> {
    const sim = await lockSim(sql, simId);
    if (sim.state === 'reserved' && sim.orderId === orderId) return;
    if (sim.state !== 'in_stock') throw new SimTaken();
    await this.hold(sql, sim, orderId, actor);
  }

  /** Holds any card that fits, the one that came first; cards others are just taking are passed over. Throws NoSimLeft. */
  async reserveAny(sql: Sql, wish: SimWish, orderId: string, actor: Actor): Promise<string> {
    const { where, params } = wishSql(wish);
    const [found] = await sql.query<{ id: string }>(
      `select id from sim_card s where ${where} order by id limit 1 for update skip locked`,
      params,
    );
    if (!found) throw new NoSimLeft();
    await this.hold(sql, await lockSim(sql, found.id), orderId, actor);
    return found.id;
  }

  /** The order no longer needs the card: it is in stock again, where it lies. Throws SimOfAnotherOrder. */
  async release(sql: Sql, simId: string, orderId: string, actor: Actor): Promise<void> {
    const sim = await this.ofOrder(sql, simId, orderId);
    expectMayBecome(sim, 'in_stock');
    await this.endReservation(sql, simId);
    await this.step(sql, sim, { verb: 'released', state: 'in_stock', place: sim.place, orderId }, actor);
  }

  /**
   * The customer has the card from now on. A dynamic card is told the number that was chosen at registration (`number`, E.164);
   * a static one keeps its own. Throws SimOfAnotherOrder, SimStateForbids, SimNumberTaken.
   */
  async assign(sql: Sql, simId: string, orderId: string, actor: Actor, number?: string): Promise<void> {
    const sim = await this.ofOrder(sql, simId, orderId);
    expectMayBecome(sim, 'assigned');
    if (sim.numberKind === 'dynamic') await this.giveNumber(sql, simId, number);
    const now = this.clock.now();
    await sql.query('update sim_reservation set assigned_at = $2 where sim_id = $1 and ended_at is null', [simId, now]);
    await this.step(sql, sim, { verb: 'assigned', state: 'assigned', place: null, orderId }, actor);
  }

  /** Another number came over to the card that the customer has. Throws SimStateForbids, SimNumberTaken. */
  async renumber(sql: Sql, simId: string, number: string, actor: Actor): Promise<void> {
    const sim = await lockSim(sql, simId);
    if (sim.state !== 'assigned') throw new SimStateForbids(sim.state);
    await this.giveNumber(sql, simId, number);
    await this.audit.record(sql, { actor, action: 'sim.renumbered', object: { kind: 'sim', id: simId } });
  }

  /** What was on its way to the customer does not reach them: it is where it is, and somebody looks at it before it is sold once more. */
  async comeBack(sql: Sql, simId: string, orderId: string, reason: string | null, actor: Actor): Promise<void> {
    const sim = await this.ofOrder(sql, simId, orderId);
    expectMayBecome(sim, 'returned');
    await this.endReservation(sql, simId);
    await this.step(sql, sim, { verb: 'returned', state: 'returned', place: sim.place, orderId, reason }, actor);
  }

  /** Somebody brought the order's card to this office. What lies there already stays. Throws InvalidInput for an office that is closed. */
  async bringTo(sql: Sql, simId: string, orderId: string, officeId: string, actor: Actor): Promise<void> {
    const sim = await this.ofOrder(sql, simId, orderId);
    if (sim.place?.kind === 'office' && sim.place.id === officeId) return;
    const place = { kind: 'office', id: officeId } as const;
    await expectOpenPlace(sql, place, 'office');
    await this.step(sql, sim, { verb: 'moved', state: sim.state, place, orderId }, actor);
  }

  /** The customer brought the card back: it lies at this place until somebody has looked at it. */
  async takeBack(sql: Sql, simId: string, place: Place, reason: string, actor: Actor): Promise<void> {
    const sim = await lockSim(sql, simId);
    if (sim.state !== 'assigned') throw new SimStateForbids(sim.state);
    await expectOpenPlace(sql, place);
    await this.endReservation(sql, simId);
    await this.step(sql, sim, { verb: 'returned', state: 'returned', place, orderId: sim.orderId, reason }, actor);
  }

  /** A returned card is sold once more. Throws SimNumberTaken where its number lives on another card meanwhile. */
  async restock(sql: Sql, simId: string, actor: Actor): Promise<void> {
    const sim = await lockSim(sql, simId);
    expectMayBecome(sim, 'in_stock');
    // A dynamic card is given another number when it is registered anew.
    if (sim.numberKind === 'dynamic') await sql.query('update sim_card set number = null where id = $1', [simId]);
    else if (sim.number) await expectFreeNumber(sql, simId, sim.number);
    await this.step(sql, sim, { verb: 'restocked', state: 'in_stock', place: sim.place }, actor);
  }

  /** Lost, broken, sent back to the operator: `reason` says what. Of what an order holds, the order lets go first. */
  async writeOff(sql: Sql, simId: string, reason: string, actor: Actor): Promise<void> {
    const sim = await lockSim(sql, simId);
    expectMayBecome(sim, 'written_off');
    await this.endReservation(sql, simId);
    await this.step(sql, sim, { verb: 'written_off', state: 'written_off', place: null, reason }, actor);
  }

  private async hold(sql: Sql, sim: LockedSim, orderId: string, actor: Actor): Promise<void> {
    await sql.query('insert into sim_reservation (id, sim_id, order_id, reserved_at) values ($1, $2, $3, $4)', [
      newId(),
      sim.id,
      orderId,
      this.clock.now(),
    ]);
    await this.step(sql, sim, { verb: 'reserved', state: 'reserved', place: sim.place, orderId }, actor);
  }

  private async ofOrder(sql: Sql, simId: string, orderId: string): Promise<LockedSim> {
    const sim = await lockSim(sql, simId);
    if (sim.orderId !== orderId) throw new SimOfAnotherOrder();
    return sim;
  }

  private async giveNumber(sql: Sql, simId: string, number: string | undefined): Promise<void> {
    if (number === undefined) throw new TypeError('a dynamic SIM card is assigned with its number');
    await expectFreeNumber(sql, simId, number);
    await sql.query('update sim_card set number = $2 where id = $1', [simId, number]);
  }

  private async endReservation(sql: Sql, simId: string): Promise<void> {
    const now = this.clock.now();
    await sql.query('update sim_reservation set ended_at = $2 where sim_id = $1 and ended_at is null', [simId, now]);
  }

  private async step(sql: Sql, sim: LockedSim, to: Step, actor: Actor): Promise<void> {
    const { verb, orderId, reason, ...where } = to;
    await moveLocked(sql, [sim], where, { verb, orderId, reason, actor, at: this.clock.now() });
    const facts = { before: sim.state, after: to.state, ...(orderId && { orderId }) };
    await this.audit.record(sql, { actor, action: `sim.${verb}`, object: { kind: 'sim', id: sim.id }, facts });
  }
}

/** Told in words before the index says it in none; whoever comes in between meets the index. */
async function expectFreeNumber(sql: Sql, simId: string, number: string): Promise<void> {
  const [other] = await sql.query(
    `select 1 from sim_card where number = $1 and id <> $2 and state in ('in_stock', 'reserved', 'assigned')`,
    [number, simId],
  );
  if (other) throw new SimNumberTaken();
}
