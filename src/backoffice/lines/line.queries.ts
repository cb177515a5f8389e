import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { LineEvent } from '../../lines/line-rows.js';
import type { LineState } from '../../lines/line-state.js';

export interface LinePageRow {
  id: string;
  number: string;
  state: LineState;
  used_by: string | null;
  /** A company's, of which it has not said who uses it. */
  unnamed: boolean;
  nickname: string | null;
  customer_id: string;
  surname: string | null;
  name: string | null;
  patronymic: string | null;
  operator_id: string;
  operator: string;
  tariff_version_id: string;
  tariff_id: string;
  version_number: number;
  sim_id: string | null;
  iccid: string | null;
  order_id: string | null;
  order_number: string | null;
  is_company: boolean;
  /** Whether it is what the customer is reached by, besides being their line. */
  is_contact: boolean;
  /** Whether the cabinet opens by it because it is their line. */
  opens_cabinet: boolean;
  has_mail: boolean;
  account_number: string;
  balance_kopecks: string;
  opened_at: string;
  activated_at: string | null;
  ended_at: string | null;
}

export interface LineEventRow {
  kind: LineEvent;
  tariff: string | null;
  reason: string | null;
  actor_kind: string;
  actor: string | null;
  at: string;
}

const MOST_EVENTS = 100;

/** One line as the desk sees it. */
@Injectable()
export class LinePageQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<LinePageRow | undefined> {
    const [line] = await this.database.query<LinePageRow & Record<string, unknown>>(
      `select l.id, l.number, l.state, l.used_by, l.nickname, l.customer_id, c.surname, c.name, c.patronymic, l.operator_id,
              o.name as operator, l.tariff_version_id, v.tariff_id, v.number as version_number, l.sim_id, s.iccid,
              ord.id as order_id, ord.number as order_number,
              exists (select from company m where m.customer_id = c.id and m.closed_at is null) as is_company,
              l.user_kind is null and exists (select from company m where m.customer_id = l.customer_id and m.closed_at is null) as unnamed,
              g.phone = l.number as is_contact, c.email_confirmed_at is not null as has_mail,
              exists (select from login_number n where n.phone = l.number and n.login_id = c.id) as opens_cabinet, p.number as account_number,
              a.balance as balance_kopecks, l.opened_at, l.activated_at, l.ended_at
       from line l join customer c on c.id = l.customer_id join login g on g.id = c.id join operator o on o.id = l.operator_id
       join tariff_version v on v.id = l.tariff_version_id join personal_account p on p.id = l.account_id
       join account a on a.id = p.id left join sim_card s on s.id = l.sim_id left join sim_order ord on ord.line_id = l.id
       where l.id = $1`,
      [id],
    );
    return line;
  }

  /** What did not come of a task, for a task tells its own story; the latest first. */
  events(id: string): Promise<LineEventRow[]> {
    return this.database.query<LineEventRow & Record<string, unknown>>(
      `select e.kind, v.name as tariff, e.reason, e.actor_kind, s.name as actor, e.at
       from line_event e left join tariff_version v on v.id = e.tariff_version_id
       left join staff s on e.actor_kind = 'staff' and s.id = e.actor_id
       where e.line_id = $1 and e.task_id is null order by e.seq desc limit ${MOST_EVENTS}`,
      [id],
    );
  }
}
