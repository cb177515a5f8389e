import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import type { StoredOrder } from '../order.js';
import { ORDER_TEXT_VERSION } from '../order-consent.js';
import { OrderLinks } from '../order-links.service.js';
import { lockOrder, writeEvent } from '../order-rows.js';
import { OrderChanged } from '../orders.errors.js';
import type { Applicant, Application } from './application.js';
import { OrderConsents } from './order-consents.service.js';

/** Which form an order came by, and which of those that the form ordered it is, from one on. */
export interface SentForm {
  id: string;
  place: number;
}

export type SentOrder = Pick<StoredOrder, 'id' | 'customer_id'>;

export interface NewOrder {
  application: Application;
  applicant: Applicant;
  /** Of the tariff. */
  versionId: string;
  form?: SentForm;
}

/** Writes one application down with its link, its history and its consent, in the caller's transaction. */
@Injectable()
export class OrderWriter {
  constructor(
    private readonly links: OrderLinks,
    private readonly hours: CallbackHours,
    private readonly consents: OrderConsents,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Returns the new order, locked. Throws InvalidInput for an office that is closed. */
  async write(sql: Sql, { application: it, applicant, versionId, form }: NewOrder): Promise<StoredOrder> {
    const id = newId();
    const now = this.clock.now();
    if (it.officeId !== null) await expectOpenOffice(sql, it.officeId);
    await sql.query(
      `insert into sim_order (id, source, language, customer_id, name, company, phone, email, foreign_citizen, way, address,
         office_id, tariff_version_id, operator_id, sim_kind, wanted_number, comment, used_by, consent_version, consent_means,
         consent_at, assignee_id, request_id, request_place, next_call_at, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, v.id, t.operator_id, $14, $15, $16, $17, $18, $19,
         coalesce($20::timestamptz, $25::timestamptz), $21::uuid, $22::uuid, $23::smallint, $24::timestamptz, $25::timestamptz
       from tariff_version v join tariff t on t.id = v.tariff_id where v.id = $13`,
      [
        ...[id, applicant.source, it.language, applicant.customerId, it.name, it.company, it.phone, it.email],
        ...[it.foreignCitizen, it.way, it.way === 'delivery' ? it.address : null, it.officeId, versionId],
        ...[it.simKind, it.wantedNumber, it.comment, it.usedBy, ORDER_TEXT_VERSION, applicant.consent.means],
        ...[applicant.consent.givenAt, applicant.source === 'staff' ? applicant.actor.id : null],
        ...[form?.id ?? null, form?.place ?? null, this.hours.promise(), now],
      ],
    );
    await this.note(sql, id, 'created', applicant);
    await this.link(sql, { id, orderId: id, mayCancel: true, browser: applicant.browser });
    const order = await lockOrder(sql, id);
    if (order.customer_id !== null) await this.consents.register(sql, order.customer_id, order);
    return order;
  }

  /** What this form has ordered already. */
  sentBy(sql: Sql, formId: string): Promise<SentOrder[]> {
    return sql.query<SentOrder>('select id, customer_id from sim_order where request_id = $1 order by request_place', [
      formId,
    ]);
  }

  /** The same, so that the second of two at once finds what the first has written. Throws OrderChanged for another's form. */
  async lockForm(sql: Sql, formId: string, customerId: string | null): Promise<SentOrder[]> {
    await sql.query(`select pg_advisory_xact_lock(hashtext('sim_order_form'), hashtext($1))`, [formId]);
    const sent = await this.sentBy(sql, formId);
    if (sent.some(({ customer_id }) => customer_id !== customerId)) throw new OrderChanged();
    return sent;
  }

  async link(
    sql: Sql,
    { id, orderId, mayCancel, browser }: { id: string; orderId: string; mayCancel: boolean; browser: Buffer | null },
  ): Promise<void> {
    await sql.query(
      `insert into sim_order_link (id, order_id, token_hash, may_cancel, browser, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [id, orderId, this.links.digestOf(id), mayCancel, browser, this.clock.now()],
    );
  }

  async note(sql: Sql, orderId: string, kind: 'created' | 'joined', { actor, source }: Applicant): Promise<void> {
    await writeEvent(sql, { orderId, kind, actor, at: this.clock.now() });
    const object = { kind: 'sim_order', id: orderId };
    await this.audit.record(sql, { actor, action: `sim_order.${kind}`, object, facts: { source } });
  }
}

/** Held open until the transaction ends. Throws InvalidInput. */
export async function expectOpenOffice(sql: Sql, id: string): Promise<void> {
  const [office] = await sql.query('select from office where id = $1 and closed_at is null for share', [id]);
  if (!office) throw new InvalidInput([{ path: 'office', code: 'choose' }]);
}
