import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import type { TaskChannel } from './operator-task.js';
import { ChannelChanged } from './tasks.errors.js';

export interface OperatorChannel {
  channel: TaskChannel;
  /** From the wish to the deed, as the operator promises it. */
  promiseMinutes: number;
  /** 0 where nothing was agreed yet. */
  revision: number;
}

/** Nothing was agreed with this operator yet: a clerk does it within four hours. */
const UNSET: OperatorChannel = { channel: 'clerk', promiseMinutes: 240, revision: 0 };

/** How tasks reach an operator, and how long it takes. */
@Injectable()
export class OperatorChannels {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async of(sql: Sql, operatorId: string): Promise<OperatorChannel> {
    const [channel] = await sql.query<OperatorChannel>(
      'select channel, promise_minutes as "promiseMinutes", revision from operator_channel where operator_id = $1',
      [operatorId],
    );
    return channel ?? UNSET;
  }

  /**
   * What is agreed with the operator from now on; tasks that wait for a file go to clerks where there will be none. Throws
   * ChannelChanged where somebody was quicker.
   */
  async set(operatorId: string, { channel, promiseMinutes, revision }: OperatorChannel, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtext('operator_channel'), hashtext($1))`, [operatorId]);
      if ((await this.of(sql, operatorId)).revision !== revision) throw new ChannelChanged();
      await sql.query(
        `insert into operator_channel (operator_id, channel, promise_minutes, changed_by, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (operator_id) do update
         set channel = excluded.channel, promise_minutes = excluded.promise_minutes, revision = operator_channel.revision + 1,
             changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
        [operatorId, channel, promiseMinutes, actor.id ?? null, this.clock.now()],
      );
      const handedOver = channel === 'clerk' ? await this.handOver(sql, operatorId, actor) : 0;
      const object = { kind: 'operator', id: operatorId };
      const facts = { channel, promiseMinutes, handedOver };
      await this.audit.record(sql, { actor, action: 'operator_channel.changed', object, facts });
    });
  }

  private async handOver(sql: Sql, operatorId: string, actor: Actor): Promise<number> {
    const moved = await sql.query(
      `with moved as (
         update operator_task set channel = 'clerk', revision = revision + 1
         where operator_id = $1 and state = 'waiting' and channel = 'files' returning id
       )
       insert into operator_task_event (task_id, kind, actor_kind, actor_id, at)
       select id, 'handed_to_clerk', $2, $3, $4 from moved returning task_id`,
      [operatorId, actor.kind, actor.id ?? null, this.clock.now()],
    );
    return moved.length;
  }
}
