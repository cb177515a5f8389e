import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import { ORDER_TEXT_VERSION } from '../order-consent.js';
import { OrderLinks } from '../order-links.service.js';
import { OrderNotices } from '../order-notices.service.js';
import { lockOrder, writeEvent } from '../order-rows.js';
import type { Applicant, Application } from './order-applications.service.js';

/** What was ordered within an hour is one order, however often the button was pressed. */
const SAME_WITHIN_MS = 3_600_000;

/** Writes applications down, in the caller's transaction. */
@Injectable()
export class OrderRegister {
  constructor(
    private readonly links: OrderLinks,
    private readonly notices: OrderNotices,
    private readonly hours: CallbackHours,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Returns the token of a link. Whoever asks once more for the same is told of the order that there is. */
  async write(sql: Sql, application: Application, applicant: Applicant, versionId: string): Promise<string> {
    // The second of two at once finds what the first has written.
    await sql.query(`select pg_advisory_xact_lock(hashtext('sim_order'), hashtext($1))`, [application.phone]);
    const known = await this.sameOrder(sql, application.phone, versionId);
    return known === null ? this.open(sql, application, applicant, versionId) : this.join(sql, known, applicant);
  }

  private async sameOrder(sql: Sql, phone: string, versionId: string): Promise<string | null> {
    const [order] = await sql.query<{ id: string }>(
      `select id from sim_order where phone = $1 and tariff_version_id = $2 and created_at > $3 and closed_at is null
       order by created_at desc, id desc limit 1`,
      [phone, versionId, new Date(this.clock.now().getTime() - SAME_WITHIN_MS)],
    );
    return order?.id ?? null;
  }

  private async open(sql: Sql, it: Application, applicant: Applicant, versionId: string): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    if (it.officeId !== null) await expectOpenOffice(sql, it.officeId);
    await sql.query(
      `insert into sim_order (id, source, language, customer_id, name, company, phone, email, foreign_citizen, way, address,
         office_id, tariff_version_id, operator_id, sim_kind, wanted_number, comment, consent_version, next_call_at, consent_at, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, v.id, t.operator_id, $14, $15, $16, $17, $18::timestamptz, $19::timestamptz, $19
       from tariff_version v join tariff t on t.id = v.tariff_id where v.id = $13`,
      [
        ...[id, applicant.source, it.language, applicant.customerId, it.name, it.company, it.phone, it.email],
        ...[it.foreignCitizen, it.way, it.way === 'delivery' ? it.address : null, it.officeId, versionId],
        ...[it.simKind, it.wantedNumber, it.comment, ORDER_TEXT_VERSION, this.hours.promise(), now],
      ],
    );
    await this.note(sql, id, 'created', applicant);
    await this.link(sql, { id, orderId: id, mayCancel: true, browser: applicant.browser });
    await this.notices.tell(sql, await lockOrder(sql, id));
    return this.links.tokenOf(id);
  }

  /** Only whoever ordered may cancel: anybody may type a known phone. */
  private async join(sql: Sql, orderId: string, applicant: Applicant): Promise<string> {
    const [first] = await sql.query<{ browser: Buffer | null }>('select browser from sim_order_link where id = $1', [
      orderId,
    ]);
    if (applicant.browser && first?.browser?.equals(applicant.browser)) return this.links.tokenOf(orderId);
    const id = newId();
    await this.link(sql, { id, orderId, mayCancel: false, browser: applicant.browser });
    await this.note(sql, orderId, 'joined', applicant);
    return this.links.tokenOf(id);
  }

  private async link(
    sql: Sql,
    { id, orderId, mayCancel, browser }: { id: string; orderId: string; mayCancel: boolean; browser: Buffer | null },
  ): Promise<void> {
    await sql.query(
      `insert into sim_order_link (id, order_id, token_hash, may_cancel, browser, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [id, orderId, this.links.digestOf(id), mayCancel, browser, this.clock.now()],
    );
  }

  private async note(
    sql: Sql,
    orderId: string,
    kind: 'created' | 'joined',
    { actor, source }: Applicant,
  ): Promise<void> {
    await writeEvent(sql, { orderId, kind, actor, at: this.clock.now() });
    const object = { kind: 'sim_order', id: orderId };
    await this.audit.record(sql, { actor, action: `sim_order.${kind}`, object, facts: { source } });
  }
}

async function expectOpenOffice(sql: Sql, id: string): Promise<void> {
  const [office] = await sql.query('select from office where id = $1 and closed_at is null for share', [id]);
  if (!office) throw new InvalidInput([{ path: 'office', code: 'choose' }]);
}
