import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import type { TaskChannel } from './operator-task.js';

export interface OperatorChannel {
  channel: TaskChannel;
  /** From the wish to the deed, as the operator promises it. */
  promiseMinutes: number;
}

/** Nothing was agreed with this operator yet: a clerk does it within four hours. */
const UNSET: OperatorChannel = { channel: 'clerk', promiseMinutes: 240 };

/** How tasks reach an operator, and how long it takes. */
@Injectable()
export class OperatorChannels {
  async of(sql: Sql, operatorId: string): Promise<OperatorChannel> {
    const [channel] = await sql.query<OperatorChannel>(
      'select channel, promise_minutes as "promiseMinutes" from operator_channel where operator_id = $1',
      [operatorId],
    );
    return channel ?? UNSET;
  }
}
