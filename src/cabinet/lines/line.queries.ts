import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { TaskKind } from '../../tasks/operator-task.js';
import type { LineState } from '../../lines/line-state.js';
import type { LineEvent } from '../../lines/line-rows.js';

export interface LineRow {
  id: string;
  number: string;
  state: LineState;
  nickname: string | null;
  used_by: string | null;
  /** A company's, of which it has not said who uses it. */
  unnamed: boolean;
  order_id: string | null;
  opened_at: string;
  activated_at: string | null;
  ended_at: string | null;
  operator: string;
  operator_colour: string;
  tariff: string;
  tariff_slug: string;
  tariff_version_id: string;
  price_kopecks: string | null;
  period: string;
  account_number: string;
  balance_kopecks: string;
  /** What the operator is busy with. */
  doing: TaskKind | null;
}

export interface LineHappening {
  kind: LineEvent;
  at: string;
  by_staff: boolean;
}

const COLUMNS = `l.id, l.number, l.state, l.nickname, l.used_by, l.order_id, l.opened_at, l.activated_at, l.ended_at,
  o.name as operator, o.colour as operator_colour, v.name as tariff, t.slug as tariff_slug, l.tariff_version_id, v.price_kopecks,
  v.period, p.number as account_number, a.balance as balance_kopecks, d.kind as doing,
  l.user_kind is null and exists (select from company m where m.customer_id = l.customer_id and m.closed_at is null) as unnamed`;
const JOINS = `line l join operator o on o.id = l.operator_id join tariff_version v on v.id = l.tariff_version_id
  join tariff t on t.id = v.tariff_id join personal_account p on p.id = l.account_id join account a on a.id = p.id
  left join operator_task d on d.line_id = l.id and d.closed_at is null`;

const MOST = 500;

/** A customer's own lines; those of somebody merged into them follow. */
@Injectable()
export class LineQueries {
  constructor(private readonly database: Database) {}

  /** Live ones first, in the order in which they came. A company may have many: at most so many are listed. */
  list(customerId: string, most = MOST): Promise<LineRow[]> {
    return this.database.query<LineRow>(
      `select ${COLUMNS} from ${JOINS} where l.customer_id = $1 order by l.state = 'ended', l.opened_at, l.id limit $2`,
      [customerId, most],
    );
  }

  async find(customerId: string, lineId: string): Promise<LineRow | undefined> {
    const [line] = await this.database.query<LineRow>(
      `select ${COLUMNS} from ${JOINS} where l.customer_id = $1 and l.id = $2`,
      [customerId, lineId],
    );
    return line;
  }

  /** What did not come of a request, for those tell their own story; the latest first. */
  happenings(lineId: string): Promise<LineHappening[]> {
    return this.database.query<LineHappening>(
      `select kind, at, actor_kind = 'staff' as by_staff from line_event where line_id = $1 and task_id is null order by seq desc limit 100`,
      [lineId],
    );
  }
}
