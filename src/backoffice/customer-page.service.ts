import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { cardActions } from './care/card-actions.js';
import { fullName } from './full-name.js';
import { maskedPhone } from './masked-phone.js';
import { readableEvent } from './readable-event.js';
import { AuditQueries } from './queries/audit.queries.js';
import { lastAlertsOn, withTag } from './alerts/customer-alerts.js';
import { linesOf } from './lines/customer-lines.js';
import { lastMessagesTo } from './messages/message.queries.js';
import { CustomerPageQueries, type LotRow } from './queries/customer.queries.js';
import { PurchaseQueries } from './queries/purchases.queries.js';

const LAST_PURCHASES = 10;
const LAST_EVENTS = 10;
/** A customer's row and their login share an id. */
const OBJECT_KINDS = ['customer', 'login'];

/** Everything about one person on one page (B3). */
@Injectable()
export class CustomerPage {
  constructor(
    private readonly queries: CustomerPageQueries,
    private readonly purchases: PurchaseQueries,
    private readonly events: AuditQueries,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async customer(id: string): Promise<object> {
    const now = this.clock.now();
    const profile = await this.queries.profile(id, now);
    if (!profile) throw new DomainError('customer_not_found', 'not_found');
    const people = await this.queries.people(id);
    const ids = people.map((person) => person.id);
    const [lots, openLots, cards, purchases, consents, events, messages, care, alerts, open, lines] = await Promise.all(
      [
        this.queries.lots(profile.points_account_id, now),
        this.queries.openLots(profile.points_account_id, now),
        this.queries.cards(id),
        this.purchases.list({ customerId: id }, null, LAST_PURCHASES),
        this.queries.consents(id),
        this.events.list({ objectKinds: OBJECT_KINDS, objectIds: ids }, null, LAST_EVENTS),
        lastMessagesTo(this.database, people),
        this.queries.care(id),
        lastAlertsOn(this.database, ids),
        this.queries.openSessions(id),
        linesOf(this.database, id),
      ],
    );
    const hasVirtual = cards.some(({ kind, state }) => kind === 'virtual' && state === 'active');
    return {
      customer: { ...profile, fullName: fullName(profile), maskedPhone: maskedPhone(profile.phone), phone: null, open },
      lots,
      moreLots: restOf(lots, openLots),
      nextLot: lots[0] ?? null,
      cards: cards.map((card) => ({ ...card, can: cardActions({ ...card, customer_id: id }, hasVirtual) })),
      care,
      lines,
      alerts: alerts.map(withTag),
      purchases: purchases.rows,
      morePurchases: purchases.next !== null,
      consents,
      events: events.rows.map(readableEvent),
      messages,
    };
  }

  /** The whole phone, for this one answer; that somebody looked is written down first. */
  async revealPhone(id: string, actor: Actor): Promise<object> {
    const profile = await this.queries.profile(id, this.clock.now());
    if (!profile) throw new DomainError('customer_not_found', 'not_found');
    const object = { kind: 'customer', id };
    await this.audit.record(this.database, { actor, action: 'customer.phone_revealed', object });
    return { ...(await this.customer(id)), revealedPhone: profile.phone };
  }
}

/** What the lots that are not listed hold together; null where all are. */
function restOf(lots: readonly LotRow[], all: { count: number; remaining: bigint }): object | null {
  const count = all.count - lots.length;
  const listed = lots.reduce((sum, lot) => sum + BigInt(lot.remaining), 0n);
  return count > 0 ? { count, remaining: all.remaining - listed } : null;
}
