import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { OrderSims } from '../../orders/desk/order-sims.service.js';
import {
  isClosed,
  mayBeEdited,
  mayChangeSim,
  mayMove,
  mayShowCode,
  needsReason,
  nextStates,
  REFUSALS,
} from '../../orders/order.js';
import { OrderNotFound } from '../../orders/orders.errors.js';
import { Papers } from '../../papers/papers.service.js';
import { Clock } from '../../shared/clock.js';
import { maskedIccid } from '../../sims/iccid/iccid.js';
import { maskedPhone } from '../masked-phone.js';
import { type PageQuery, textOf } from '../page-query.js';
import { OrderSurroundings } from './order-surroundings.service.js';
import { type ActivationRow, OrderQueries, type OrderRow } from './order.queries.js';
import { TAGS } from './order-views.js';

export interface Reader {
  /** Of the member of staff. */
  id: string;
  language: Language;
}

/** One order as the desk sees it. The whole phone is shown to whoever has it. */
@Injectable()
export class OrderPages {
  constructor(
    private readonly queries: OrderQueries,
    private readonly sims: OrderSims,
    private readonly papers: Papers,
    private readonly surroundings: OrderSurroundings,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async order(id: string, query: PageQuery, reader: Reader): Promise<object> {
    const row = await this.queries.find(id);
    if (!row) throw new OrderNotFound();
    const choosing = mayChangeSim(row.state) && row.sim_id === null;
    const pattern = textOf(query, 'number') ?? '';
    const [events, colleagues, earlier, papers, activation, choice, around] = await Promise.all([
      this.queries.events(id),
      this.queries.colleagues(),
      this.queries.earlier(row),
      this.papers.ofSubject(id),
      this.queries.activation(row),
      choosing ? this.sims.find(row, pattern) : null,
      this.surroundings.of(row, reader.language),
    ]);
    return {
      ...{ order: this.shown(row, reader), events, earlier, papers, pattern, choosing, activation },
      ...{ candidates: choice?.cards, missing: choice?.missing },
      colleagues: colleagues.map(({ id: value, name }) => ({ value, name })),
      ...this.moves(row, activation, reader),
      simWords: row.sim_kind === 'esim' ? 'esim:desk' : 'orders:desk',
      ...around,
      refusals: REFUSALS.map((value) => ({ value, name: text(reader.language, `orders:refusals.${value}`) })),
    };
  }

  /** `2026-06-15T12:30` in TIME_ZONE as a moment. */
  callTime(text: string | undefined): Date | null {
    return text === undefined ? null : DateTime.fromISO(text, { zone: this.config.timeZone }).toJSDate();
  }

  private moves(row: OrderRow, activation: ActivationRow | undefined, { id, language }: Reader): object {
    const waits = mayMove(row, 'active');
    const isAsked = activation !== undefined && activation.closed_at === null;
    const next = nextStates(row);
    const named = (states: typeof next): { value: string; name: string }[] =>
      states.map((value) => ({ value, name: text(language, `orders:desk.moves.${value}`) }));
    return {
      steps: named(next.filter((to) => !needsReason(row.state, to))),
      stops: named(next.filter((to) => needsReason(row.state, to))),
      may: {
        ...{ handOver: mayMove(row, 'handed_over'), activate: waits && isAsked, askAgain: waits && !isAsked },
        showCode: mayShowCode(row, id),
        edit: mayBeEdited(row),
        release: mayChangeSim(row.state) && row.sim_id !== null,
        issue: row.sim_id !== null && !isClosed(row.state),
        needsSim: row.state === 'agreed' && row.sim_id === null,
      },
    };
  }

  private shown({ phone, iccid, ...row }: OrderRow, { id }: Reader): object {
    const mine = row.assignee_id === id;
    const open = !isClosed(row.state);
    const called = row.next_call_at;
    return {
      ...{ ...row, mine, open, tag: TAGS[row.state], phone: mine ? phone : null, maskedPhone: maskedPhone(phone) },
      // The last digits are the first password of its owner.
      maskedIccid: iccid === null ? null : maskedIccid(iccid),
      overdue: open && called !== null && new Date(called) < this.clock.now(),
      callAt:
        called && DateTime.fromJSDate(new Date(called), { zone: this.config.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm"),
    };
  }
}
