import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import { OperatorNotFound } from '../../tariffs/tariffs.errors.js';
import { TaskInstructions } from '../../tasks/instructions/task-instructions.service.js';
import { OperatorChannels } from '../../tasks/operator-channels.service.js';
import { TASK_CHANNELS, TASK_KINDS } from '../../tasks/operator-task.js';
import { pagePaths, type PageQuery } from '../page-query.js';
import { ChannelQueries, type ChannelRow } from './channel.queries.js';
import { shownFile } from './file-pages.service.js';

export const OPERATORS = '/admin/tasks/operators';

/** Pages about how operators are reached. */
@Injectable()
export class ChannelPages {
  constructor(
    private readonly queries: ChannelQueries,
    private readonly channels: OperatorChannels,
    private readonly instructions: TaskInstructions,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async list(): Promise<object> {
    const rows = await this.queries.operators(this.clock.now());
    return { operators: rows.map((row) => this.shown(row)) };
  }

  async operator(id: string, query: PageQuery, language: Language): Promise<object> {
    const [row] = await this.queries.operators(this.clock.now(), id);
    if (!row) throw new OperatorNotFound();
    const [agreed, own, page] = await Promise.all([
      this.channels.of(this.database, id),
      this.instructions.ownKinds(id),
      this.queries.files(id, query['after']),
    ]);
    return {
      ...{ operator: { ...this.shown(row), ...agreed }, files: page.rows.map(shownFile) },
      channels: TASK_CHANNELS.map((value) => ({ value, name: text(language, `tasks:channels.${value}`) })),
      kinds: TASK_KINDS.map((kind) => ({ kind, own: own.includes(kind) })),
      ...pagePaths(`${OPERATORS}/${id}`, {}, query, page),
    };
  }

  private shown(row: ChannelRow): object {
    const byFile = row.channel === 'files';
    return {
      ...{ ...row, byFile, folder: byFile && this.config.operatorExchangeDir !== undefined },
      median: row.median_minutes === null ? null : Math.round(row.median_minutes),
      inTimePercent: row.done === 0 ? null : Math.round((row.in_time / row.done) * 100),
    };
  }
}
