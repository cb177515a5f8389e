import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { SimKind, SimState } from '../../sims/stock/sim-state.js';

export interface SimPageRow {
  id: string;
  iccid: string;
  kind: SimKind;
  number_kind: 'static' | 'dynamic';
  number: string | null;
  state: SimState;
  operator: string;
  office_id: string | null;
  office: string | null;
  holder_id: string | null;
  holder: string | null;
  party: string;
  tariff_name: string | null;
  region: string | null;
  price_kopecks: string | null;
  balance_kopecks: string | null;
  has_codes: boolean;
  has_lpa: boolean;
  /** The number that lives on it. */
  line_id: string | null;
  import_id: string | null;
  import_file: string | null;
  created_at: string;
}

export interface MovementRow {
  seq: string;
  verb: string;
  from_place: string | null;
  to_place: string | null;
  order_id: string | null;
  /** People know it by this; null where it is no order. */
  order_number: string | null;
  /** The number of the task that the card is held for, where it is no order. */
  task: string | null;
  reason: string | null;
  actor_kind: string;
  actor: string | null;
  at: string;
}

export interface RevealRow {
  id: string;
  what: 'iccid' | 'codes' | 'lpa';
  who: string;
  at: string;
}

const HISTORY = 100;

/** One SIM card, what became of it and who was shown its secrets. */
@Injectable()
export class SimQueries {
  constructor(private readonly database: Database) {}

  async sim(id: string): Promise<SimPageRow | undefined> {
    const [row] = await this.database.query<SimPageRow>(
      `select s.id, s.iccid, s.kind, s.number_kind, s.number, s.state, op.name as operator, s.office_id, o.name as office,
              s.holder_id, h.name as holder, s.party, s.tariff_name, s.region, s.price_kopecks, s.balance_kopecks,
              s.codes_sealed is not null as has_codes, s.lpa_sealed is not null as has_lpa, s.import_id,
              (select l.id from line l where l.sim_id = s.id and l.state <> 'ended') as line_id,
              i.file_name as import_file, s.created_at
       from sim_card s join operator op on op.id = s.operator_id left join office o on o.id = s.office_id
       left join staff h on h.id = s.holder_id left join sim_import i on i.id = s.import_id where s.id = $1`,
      [id],
    );
    return row;
  }

  /** The last hundred, newest first. */
  movements(id: string): Promise<MovementRow[]> {
    return this.database.query<MovementRow>(
      `select m.seq, m.verb, coalesce(fo.name, fh.name) as from_place, coalesce(tt.name, th.name) as to_place, m.order_id,
              so.number as order_number, tk.number as task, m.reason, m.actor_kind, a.name as actor, m.at
       from sim_movement m left join office fo on fo.id = m.from_office_id left join staff fh on fh.id = m.from_holder_id
       left join office tt on tt.id = m.to_office_id left join staff th on th.id = m.to_holder_id
       left join sim_order so on so.id = m.order_id left join operator_task tk on tk.id = m.order_id
       left join staff a on m.actor_kind = 'staff' and a.id = m.actor_id
       where m.sim_id = $1 order by m.seq desc limit ${HISTORY}`,
      [id],
    );
  }

  reveals(id: string): Promise<RevealRow[]> {
    return this.database.query<RevealRow>(
      `select r.id, r.what, s.name as who, r.at from sim_reveal r join staff s on s.id = r.staff_id
       where r.sim_id = $1 order by r.at desc limit ${HISTORY}`,
      [id],
    );
  }
}
