import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { text } from '../../infra/i18n/texts.js';
import { PAPER_KINDS } from '../../papers/paper-kind.js';
import type { LogIn, PaperFields } from '../../papers/paper-fields.js';
import { Papers } from '../../papers/papers.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { formatPhone } from '../../shared/phone.js';
import { TERM_COLUMNS, type TariffTerms } from '../../tariffs/tariff-terms.js';
import { packagesLine, priceWords } from '../../tariffs/words/tariff-words.js';
import type { SimKind } from '../../sims/stock/sim-state.js';
import type { StoredOrder } from '../order.js';
import { lockSeenOrder, saveOrder, writeEvent } from '../order-rows.js';
import { OrderStateForbids, PapersMissing, PapersStale } from '../orders.errors.js';
import { papersStateOf } from './papers-state.js';
import type { SeenOrder } from './order-desk.service.js';

const TERMS = Object.entries(TERM_COLUMNS)
  .map(([field, column]) => `${column} as "${field}"`)
  .join(', ');

/** Papers are Russian. */
const LANGUAGE = 'ru';

/** Contract, act and instruction of an order (T5), from what the order, the tariff's version and the card say. */
@Injectable()
export class OrderPapers {
  constructor(
    private readonly database: Database,
    private readonly papers: Papers,
    private readonly clock: Clock,
  ) {}

  /** All three; issued once more where something changed. Throws OrderChanged, and OrderStateForbids without a card and once the order is closed. */
  issue(seen: SeenOrder): Promise<void> {
    return this.database.transaction((sql) => this.issueWithin(sql, seen));
  }

  async issueWithin(sql: Sql, seen: SeenOrder): Promise<void> {
    const order = await lockSeenOrder(sql, seen);
    if (order.sim_id === null || order.closed_at !== null) throw new OrderStateForbids();
    await this.issueLocked(sql, order, { kind: 'staff', id: seen.clerkId });
    await saveOrder(sql, order, {});
  }

  /** A locked order with a card; after the hand-over they stand in its customer's cabinet at once. */
  async issueLocked(sql: Sql, order: StoredOrder, actor: Actor): Promise<void> {
    const fields = await this.fieldsOf(sql, order);
    const [line] = await sql.query<{ customer_id: string }>('select customer_id from line where id = $1', [
      order.line_id,
    ]);
    const customerId = line?.customer_id ?? null;
    const logIn = await logInOf(sql, order);
    for (const kind of PAPER_KINDS) {
      await this.papers.issue(sql, { kind, subjectId: order.id, customerId, fields, logIn, actor });
    }
    await writeEvent(sql, { orderId: order.id, kind: 'papers_issued', actor, at: this.clock.now() });
  }

  /** At hand-over: they stand in the receiver's cabinet from then on. */
  give(sql: Sql, orderId: string, customerId: string): Promise<void> {
    return this.papers.give(sql, orderId, customerId);
  }

  /** Nobody signs what was never issued, or what says something else by now. Throws PapersMissing, PapersStale. */
  async expectCurrent(sql: Sql, orderId: string): Promise<void> {
    const state = await papersStateOf(sql, orderId);
    if (state === 'none') throw new PapersMissing();
    if (state === 'stale') throw new PapersStale();
  }

  private async fieldsOf(sql: Sql, order: StoredOrder): Promise<PaperFields> {
    const terms = await termsOf(sql, order.tariff_version_id);
    const [around] = await sql.query<{ operator: string; number: string | null }>(
      'select o.name as operator, s.number from operator o, sim_card s where o.id = $1 and s.id = $2',
      [order.operator_id, order.sim_id],
    );
    const known = {
      ...{ 'customer.name': order.name, 'customer.company': order.company, 'customer.email': order.email },
      ...{ 'customer.phone': formatPhone(order.phone), 'customer.address': order.address },
      ...{ 'order.number': order.number, 'operator.name': around!.operator, 'tariff.name': terms.name },
      ...{ 'tariff.price': priceWords(terms, LANGUAGE), 'tariff.packages': packagesLine(terms, LANGUAGE) },
      'tariff.conditions': terms.conditions,
      'line.number': around!.number && formatPhone(around!.number),
      ...simWords(order.sim_kind),
      'sim.kind': text(LANGUAGE, `orders:simKinds.${order.sim_kind}`),
    };
    return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  }
}

/** The version that was taken, in the caller's transaction. */
async function termsOf(sql: Sql, versionId: string): Promise<TariffTerms> {
  const [row] = await sql.query<Omit<TariffTerms, 'priceKopecks'> & { priceKopecks: string | null }>(
    `select ${TERMS} from tariff_version where id = $1`,
    [versionId],
  );
  const price = row!.priceKopecks;
  return { ...row!, priceKopecks: price === null ? null : BigInt(price) };
}

function simWords(kind: SimKind): PaperFields {
  const word = (name: string): string => text(LANGUAGE, `papers:simWords.${kind}.${name}`);
  return { 'sim.what': word('what'), 'sim.condition': word('condition'), 'sim.install': word('install') };
}

/**
 * Digits open the cabinet of whoever uses the number themselves and has no password yet; once the number is handed over, what
 * opens it is known.
 */
async function logInOf(sql: Sql, order: StoredOrder): Promise<LogIn> {
  const own = order.company === null && order.used_by === null;
  const [known] = await sql.query<{ opens: boolean }>(
    order.line_id === null
      ? `select not exists (
           select from login l left join customer c on c.id = $1::uuid
           where l.password_hash is not null and case when $1::uuid is null
             then l.phone = $2 or l.id = (select login_id from login_number where phone = $2)
             else l.id = coalesce(c.merged_into, c.id) end) as opens`
      : `select exists (select from first_password f join line l on l.number = f.phone
           where l.id = $1::uuid and f.ended_at is null and $2::text is not null) as opens`,
    [order.line_id ?? order.customer_id, order.phone],
  );
  if (!own || !known!.opens) return 'owner';
  return order.sim_kind === 'esim' ? 'esim' : 'digits';
}
