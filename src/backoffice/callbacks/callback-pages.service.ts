import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import { DIAL_RESULTS, isOpen, OUTCOMES, TOPICS } from '../../support/callbacks/callback.js';
import { slotWords } from '../../support/callbacks/call-time-words.js';
import { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import { CallbackNotFound } from '../../support/callbacks/callbacks.errors.js';
import { NEXT_TRIES, proposedTry } from '../../support/callbacks/working-hours.js';
import { fullName } from '../full-name.js';
import { publicPage } from '../../infra/web/public-page.js';
import { maskedPhone } from '../masked-phone.js';
import { addressOf, pagePaths, type PageQuery } from '../page-query.js';
import { AuditQueries } from '../queries/audit.queries.js';
import { readableEvent } from '../readable-event.js';
import { CallbackQueries, type CallbackRow, SHOWN } from './callback.queries.js';

interface Choice {
  value: string;
  name: string;
}

export interface Reader {
  /** Of the member of staff. */
  id: string;
  language: Language;
}

const PATH = '/admin/callbacks';
const TAGS = { overdue: 'error', waiting: 'info', taken: 'warning', done: 'success', cancelled: null } as const;

/** What the pages about callbacks show. Whole numbers are shown to whoever has taken the callback. */
@Injectable()
export class CallbackPages {
  constructor(
    private readonly queries: CallbackQueries,
    private readonly events: AuditQueries,
    private readonly hours: CallbackHours,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async queue(query: PageQuery, reader: Reader): Promise<object> {
    const now = this.clock.now();
    const state = SHOWN.find((known) => known === query['state']) ?? null;
    const topic = TOPICS.find((known) => known === query['topic']) ?? null;
    const mine = query['mine'] === '1';
    const page = await this.queries.list({ state, topic, staffId: mine ? reader.id : null, now }, query['after']);
    const filters = { state, topic, mine: mine ? '1' : null };
    return {
      filters,
      filtered: Boolean(state ?? topic) || mine,
      closed: state === 'done' || state === 'cancelled',
      states: SHOWN.map((name) => ({
        name,
        current: name === state,
        path: addressOf(PATH, { ...filters, state: name === state ? null : name }),
      })),
      mine: { current: mine, path: addressOf(PATH, { ...filters, mine: mine ? null : '1' }) },
      topics: TOPICS,
      overdue: await this.queries.overdue(now),
      callbacks: page.rows.map((row) => shown(row, now, reader)),
      ...pagePaths(PATH, filters, query, page),
    };
  }

  async overdue(): Promise<object> {
    return { overdue: await this.queries.overdue(this.clock.now()) };
  }

  async callback(id: string, reader: Reader): Promise<object> {
    const row = await this.queries.find(id);
    if (!row) throw new CallbackNotFound();
    const [requests, dials, comments, earlier, events] = await Promise.all([
      this.queries.requests(id),
      this.queries.dials(id),
      this.queries.comments(id),
      this.queries.earlier(row),
      this.events.list({ objectKinds: ['callback'], objectIds: [id] }),
    ]);
    const { language } = reader;
    return {
      ...{ callback: shown(row, this.clock.now(), reader), dials, comments, earlier },
      // What was kept before only public pages were may be a secret address.
      requests: requests.map((request) => ({ ...request, page: publicPage(request.page) })),
      events: events.rows.map(readableEvent),
      outcomes: choicesOf(OUTCOMES, 'callbacks:desk.outcomes', language),
      results: choicesOf(DIAL_RESULTS, 'callbacks:desk.failures', language),
      nextTries: this.nextTries(language),
      proposed: proposedTry(row.missed),
    };
  }

  private nextTries(language: Language): Choice[] {
    const around = { language, zone: this.config.timeZone, now: this.clock.now() };
    return [
      ...choicesOf(NEXT_TRIES, 'callbacks:desk.next', language),
      ...this.hours.slots().map((slot) => ({ value: slot.startsAt.toISOString(), name: slotWords(slot, around) })),
    ];
  }
}

function choicesOf(values: readonly string[], family: string, language: Language): Choice[] {
  return values.map((value) => ({ value, name: text(language, `${family}.${value}`) }));
}

function shown(row: CallbackRow, now: Date, { id }: Reader): object {
  const { phone, ...rest } = row;
  const overdue = row.state === 'waiting' && new Date(row.due_at) < now;
  const mine = row.staff_id === id;
  const shownState = overdue ? 'overdue' : row.state;
  return {
    ...rest,
    ...{ overdue, mine, shownState, tag: TAGS[shownState], open: isOpen(row) },
    phone: mine ? phone : null,
    maskedPhone: maskedPhone(phone),
    working: mine && row.state === 'taken',
    heldByOther: row.state === 'taken' && !mine,
    customer: row.customer_id && fullName({ surname: row.customer_surname, name: row.customer_name, patronymic: null }),
  };
}
