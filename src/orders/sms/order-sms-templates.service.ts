import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { OrderSmsTemplateNotFound } from '../orders.errors.js';
import { faultOf } from './order-sms-text.js';

export interface SmsTemplate {
  /** The same for all its revisions. */
  id: string;
  revision: number;
  title: string;
  body: string;
  retired: boolean;
  created_at: string;
  author: string | null;
}

export interface SmsWords {
  title: string;
  body: string;
}

/** More would be no help in a hurry. */
export const MOST_TEMPLATES = 50;

const REVISIONS = `
  select t.template_id as id, t.revision, t.title, t.body, t.retired, t.created_at, s.name as author
  from order_sms_template t left join staff s on s.id = t.created_by`;

/** What the desk writes to customers (T3). A change is a new revision; what was sent stands in the order's history. */
@Injectable()
export class OrderSmsTemplates {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** As they are now, those that are retired last. */
  list(): Promise<SmsTemplate[]> {
    return this.database.query<SmsTemplate>(
      `select * from (select distinct on (id) * from (${REVISIONS}) every order by id, revision desc) latest
       order by retired, lower(title), id limit 500`,
    );
  }

  /** All revisions, the present one first. Throws OrderSmsTemplateNotFound. */
  async history(id: string, sql: Sql = this.database): Promise<[SmsTemplate, ...SmsTemplate[]]> {
    const rows = await sql.query<SmsTemplate>(
      `${REVISIONS} where t.template_id = $1 order by t.revision desc limit 100`,
      [id],
    );
    const [present, ...former] = rows;
    if (!present) throw new OrderSmsTemplateNotFound();
    return [present, ...former];
  }

  /** Returns its id. Throws InvalidInput at the body for fields that there are not, order_sms_templates_full. */
  async add(words: SmsWords, clerk: Actor): Promise<string> {
    expectRight(words);
    const id = newId();
    await this.changing(async (sql) => {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from (
           select distinct on (template_id) retired from order_sms_template order by template_id, revision desc) latest
         where not retired`,
      );
      if (row!.count >= MOST_TEMPLATES) throw new DomainError('order_sms_templates_full', 'conflict');
      await this.write(sql, { id, revision: 1, retired: false, ...words }, clerk);
    });
    return id;
  }

  /** Throws InvalidInput at the body, template_changed where somebody was quicker, OrderSmsTemplateNotFound. */
  async save(id: string, basedOn: number, words: SmsWords, clerk: Actor): Promise<void> {
    expectRight(words);
    await this.change(id, basedOn, words, clerk);
  }

  /** Whether it is offered to clerks no more. Throws as `save`. */
  retire(id: string, basedOn: number, retired: boolean, clerk: Actor): Promise<void> {
    return this.change(id, basedOn, { retired }, clerk);
  }

  private change(id: string, basedOn: number, changes: Partial<SmsTemplate>, clerk: Actor): Promise<void> {
    return this.changing(async (sql) => {
      const [present] = await this.history(id, sql);
      if (present.revision !== basedOn) throw new DomainError('template_changed', 'conflict');
      const next = { ...present, ...changes };
      if (next.title === present.title && next.body === present.body && next.retired === present.retired) return;
      await this.write(sql, { ...next, revision: present.revision + 1 }, clerk);
    });
  }

  /** One after another: there are few, and they change seldom. */
  private changing(work: (sql: Sql) => Promise<void>): Promise<void> {
    return this.database.transaction(async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtextextended('order_sms_template', 0))`);
      await work(sql);
    });
  }

  private async write(
    sql: Sql,
    { id, revision, title, body, retired }: Omit<SmsTemplate, 'created_at' | 'author'>,
    clerk: Actor,
  ): Promise<void> {
    await sql.query(
      `insert into order_sms_template (id, template_id, revision, title, body, retired, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), id, revision, title, body, retired, clerk.id, this.clock.now()],
    );
    const object = { kind: 'order_sms_template', id };
    const facts = { revision, retired };
    await this.audit.record(sql, { actor: clerk, action: 'order_sms_template.changed', object, facts });
  }
}

function expectRight({ body }: SmsWords): void {
  const fault = faultOf(body);
  if (fault) throw new InvalidInput([{ path: 'body', code: fault.code, params: { text: fault.text } }]);
}
