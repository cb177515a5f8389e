import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { SimSeal } from '../secrets/sim-seal.service.js';
import type { NewSim } from './sim-rows.js';

/** What is alike for all cards of a delivery. */
export interface Delivery {
  operatorId: string;
  officeId: string;
  /** For cards that name none themselves. */
  party: string;
  priceKopecks?: bigint | null;
  importId?: string | null;
}

/** So many rows are one statement: few trips to the database, and tills in between. */
const AT_ONCE = 2000;

/** Takes cards into the stock. */
@Injectable()
export class SimReceiving {
  constructor(
    private readonly seal: SimSeal,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction, set by set. A card, or a living number, that is there already stays as it is: answers how many came in. */
  async receive(sql: Sql, delivery: Delivery, sims: readonly NewSim[], actor: Actor): Promise<number> {
    let added = 0;
    for (let start = 0; start < sims.length; start += AT_ONCE) {
      added += await this.receiveSome(sql, delivery, sims.slice(start, start + AT_ONCE), actor);
    }
    return added;
  }

  private async receiveSome(sql: Sql, delivery: Delivery, sims: readonly NewSim[], actor: Actor): Promise<number> {
    const rows = sims.map((sim) => ({ id: newId(), ...sim }));
    const column = <T>(read: (row: (typeof rows)[number]) => T): T[] => rows.map(read);
    const { operatorId, officeId, party, priceKopecks = null, importId = null } = delivery;
    const [added] = await sql.query<{ count: string }>(ADD, [
      ...[operatorId, officeId, importId, this.clock.now(), actor.kind, actor.id ?? null],
      column(({ id }) => id),
      column(({ iccid }) => iccid),
      column(({ raw }) => raw),
      column(({ kind }) => kind),
      column(({ number }) => number),
      column(({ tariffName }) => tariffName),
      column(({ region }) => region),
      column((row) => row.party ?? party),
      column((row) => (row.priceKopecks ?? priceKopecks)?.toString() ?? null),
      column(({ balanceKopecks }) => balanceKopecks?.toString() ?? null),
      column(({ id, codes }) => codes && this.seal.seal('codes', id, JSON.stringify(codes))),
      column(({ id, lpa }) => lpa && this.seal.seal('lpa', id, lpa)),
    ]);
    return Number(added?.count ?? 0);
  }
}

const ADD = `
  with added as (
    insert into sim_card (id, operator_id, iccid, iccid_body, iccid_raw, kind, number_kind, number, tariff_name, region, party,
                          price_kopecks, balance_kopecks, codes_sealed, lpa_sealed, office_id, import_id, created_at)
    select id, $1, iccid, left(iccid, -1), raw, kind, case when number is null then 'dynamic' else 'static' end, number,
           tariff_name, region, party, price_kopecks, balance_kopecks, codes, lpa, $2, $3, $4
    from unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                $15::bigint[], $16::bigint[], $17::bytea[], $18::bytea[])
      as row (id, iccid, raw, kind, number, tariff_name, region, party, price_kopecks, balance_kopecks, codes, lpa)
    on conflict do nothing
    returning id
  ), moved as (
    insert into sim_movement (sim_id, verb, to_office_id, actor_kind, actor_id, at)
    select id, 'received', $2, $5, $6, $4 from added
  )
  select count(*) from added`;
