import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { OrderLinks } from '../order-links.service.js';
import { OrderNotices } from '../order-notices.service.js';
import type { Applicant, Application } from './application.js';
import { OrderWriter } from './order-writer.service.js';

/** What was ordered within an hour is one order, however often the button was pressed. */
const SAME_WITHIN_MS = 3_600_000;

/** Takes applications of people whom nobody knows yet, in the caller's transaction. */
@Injectable()
export class OrderRegister {
  constructor(
    private readonly writer: OrderWriter,
    private readonly links: OrderLinks,
    private readonly notices: OrderNotices,
    private readonly clock: Clock,
  ) {}

  /** Returns the token of a link. Whoever asks once more for the same is told of the order that there is. */
  async write(sql: Sql, application: Application, applicant: Applicant, versionId: string): Promise<string> {
    // The second of two at once finds what the first has written.
    await sql.query(`select pg_advisory_xact_lock(hashtext('sim_order'), hashtext($1))`, [application.phone]);
    const known = await this.sameOrder(sql, application.phone, versionId);
    if (known !== null) return this.join(sql, known, applicant);
    const order = await this.writer.write(sql, { application, applicant, versionId });
    await this.notices.tell(sql, order);
    return this.links.tokenOf(order.id);
  }

  private async sameOrder(sql: Sql, phone: string, versionId: string): Promise<string | null> {
    const [order] = await sql.query<{ id: string }>(
      `select id from sim_order where phone = $1 and tariff_version_id = $2 and created_at > $3 and closed_at is null
       order by created_at desc, id desc limit 1`,
      [phone, versionId, new Date(this.clock.now().getTime() - SAME_WITHIN_MS)],
    );
    return order?.id ?? null;
  }

  /** Only whoever ordered may cancel: anybody may type a known phone. */
  private async join(sql: Sql, orderId: string, applicant: Applicant): Promise<string> {
    const [first] = await sql.query<{ browser: Buffer | null }>('select browser from sim_order_link where id = $1', [
      orderId,
    ]);
    if (applicant.browser && first?.browser?.equals(applicant.browser)) return this.links.tokenOf(orderId);
    const id = newId();
    await this.writer.link(sql, { id, orderId, mayCancel: false, browser: applicant.browser });
    await this.writer.note(sql, orderId, 'joined', applicant);
    return this.links.tokenOf(id);
  }
}
