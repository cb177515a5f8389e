import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { randomCardNumber } from '../shared/ean13.js';
import { newId } from '../shared/ids.js';
import { BatchAlreadyPrinted, BatchNotFound, CardNumbersExhausted } from './cards.errors.js';

/** What a manager orders from the printer. With a station the cards go straight there. */
export interface BatchOrder {
  /** Chosen by the caller: an order sent twice prints one batch. */
  id?: string;
  title: string;
  size: number;
  stationId?: string | null;
}

const MOST_ROUNDS = 20;
/** 100,000 cards take seconds, and a second printing waits for the first. */
const LONG = { statementTimeoutMs: 60_000 };

/** Plastic from the printer to the station (L1, L2). Selling and activating stand where tills and customers do. */
@Injectable()
export class BatchService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Makes the batch and all its cards, or nothing. Returns the batch's id. Throws BatchAlreadyPrinted for an id with another order. */
  async printBatch(order: BatchOrder, actor: Actor): Promise<string> {
    const { id = newId(), title, size, stationId = null } = order;
    const printedAt = this.clock.now();
    await this.database.transaction(async (sql) => {
      if (stationId) await expectOpenStation(sql, stationId);
      const [made] = await sql.query(
        `insert into card_batch (id, title, size, station_id, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing returning id`,
        [id, title, size, stationId, actor.kind === 'staff' ? actor.id : null, printedAt],
      );
      if (!made) return expectSameOrder(sql, id, { title, size, stationId });
      const state = stationId ? 'at_station' : 'printed';
      await addCards(sql, { batchId: id, state, printedAt }, size);
      await this.record(sql, 'card_batch.printed', id, actor, { size, stationId });
    }, LONG);
    return id;
  }

  /** The batch lies at this station now; cards sold meanwhile stay what they are. */
  async sendToStation(batchId: string, stationId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const [batch] = await sql.query<{ station_id: string | null }>(
        `select station_id from card_batch where id = $1 for update`,
        [batchId],
      );
      if (!batch) throw new BatchNotFound();
      await expectOpenStation(sql, stationId);
      await sql.query(`update card_batch set station_id = $2 where id = $1`, [batchId, stationId]);
      await sql.query(`update card set state = 'at_station' where batch_id = $1 and state = 'printed'`, [batchId]);
      await this.record(sql, 'card_batch.sent', batchId, actor, { before: batch.station_id, after: stationId });
    }, LONG);
  }

  private record(sql: Sql, action: string, id: string, actor: Actor, facts: Record<string, unknown>): Promise<void> {
    return this.audit.record(sql, { actor, action, object: { kind: 'card_batch', id }, facts });
  }
}

/** An order sent twice is harmless; another order under its id would be one that nobody prints. */
async function expectSameOrder(sql: Sql, id: string, order: BatchOrder): Promise<void> {
  const [printed] = await sql.query<{ number: string; same: boolean }>(
    `select number, title = $2 and size = $3 and station_id is not distinct from $4::uuid as same
     from card_batch where id = $1`,
    [id, order.title, order.size, order.stationId],
  );
  if (!printed?.same) throw new BatchAlreadyPrinted(printed?.number ?? '');
}

interface NewCards {
  batchId: string;
  state: 'printed' | 'at_station';
  printedAt: Date;
}

/** Numbers drawn at random may be taken already: what did not get in is drawn again, all at once. */
async function addCards(sql: Sql, { batchId, state, printedAt }: NewCards, size: number): Promise<void> {
  // One printing at a time, so that two batches never wait for each other's numbers.
  await sql.query(`select set_config('lock_timeout', '60s', true)`);
  await sql.query(`select pg_advisory_xact_lock(hashtext('card_batch'))`);
  for (let missing = size, round = 0; missing > 0; round++) {
    if (round === MOST_ROUNDS) throw new CardNumbersExhausted();
    const [added] = await sql.query<{ count: string }>(
      `with added as (
         insert into card (number, kind, state, batch_id, created_at)
         select number, 'plastic', $3, $2, $4 from unnest($1::text[]) as number
         on conflict (number) do nothing returning 1
       ) select count(*) from added`,
      [drawNumbers(missing), batchId, state, printedAt],
    );
    missing -= Number(added?.count ?? 0);
  }
}

function drawNumbers(count: number): string[] {
  const numbers = new Set<string>();
  while (numbers.size < count) numbers.add(randomCardNumber());
  return [...numbers].sort();
}

async function expectOpenStation(sql: Sql, stationId: string): Promise<void> {
  const [station] = await sql.query(`select 1 from station where id = $1 and closed_at is null for share`, [stationId]);
  if (!station) throw new InvalidInput([{ path: 'stationId', code: 'station_unknown' }]);
}
