import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import type { StoredOrder } from '../order.js';
import { writeEvent } from '../order-rows.js';

export interface SentSms {
  orderId: string;
  clerkId: string;
  template: string;
  revision: number;
  /** As colleagues read it: without the customer's link. */
  words: string;
  segments: number;
}

/** An order that ended long ago is nobody's business any more. */
const DAYS_AFTER_END = 30;
/** The place-holder of whoever had their cabinet deleted. */
const NO_PHONE = /^\+999/;

/** Who may be written to, what was written today, and what stands in the order's history. */
@Injectable()
export class OrderSmsLog {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Open orders, and those that ended within a month. */
  mayWrite({ phone, closed_at: closedAt }: Pick<StoredOrder, 'phone' | 'closed_at'>): boolean {
    if (NO_PHONE.test(phone)) return false;
    const oldest = DateTime.fromJSDate(this.clock.now()).minus({ days: DAYS_AFTER_END });
    return closedAt === null || new Date(closedAt) > oldest.toJSDate();
  }

  /** Within the day of TIME_ZONE. */
  async sentToday(orderId: string, sql: Sql = this.database): Promise<number> {
    const today = DateTime.fromJSDate(this.clock.now(), { zone: this.config.timeZone }).startOf('day');
    const [row] = await sql.query<{ count: number }>(
      `select count(*)::int as count from sim_order_event where order_id = $1 and kind = 'sms_sent' and at >= $2`,
      [orderId, today.toJSDate()],
    );
    return row!.count;
  }

  async record(sql: Sql, { orderId, clerkId, template, revision, words, segments }: SentSms): Promise<void> {
    const actor = { kind: 'staff', id: clerkId } as const;
    await writeEvent(sql, { orderId, kind: 'sms_sent', comment: words, actor, at: this.clock.now() });
    const object = { kind: 'sim_order', id: orderId };
    const facts = { template, revision, segments };
    await this.audit.record(sql, { actor, action: 'sim_order.sms_sent', object, facts });
  }
}
