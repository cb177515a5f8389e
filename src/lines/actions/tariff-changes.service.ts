import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import type { ShownTariff } from '../../tariffs/catalogue/shown-tariff.js';
import type { TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import type { LockedLine } from '../line-rows.js';
import { Lines } from '../lines.service.js';
import { dayFault } from './day-rules.js';
import { LineRequests } from './line-requests.service.js';

export interface TariffWish {
  /** What the tariff says at present, as whoever chose it saw it. */
  tariffVersionId: string;
  /** `2026-12-01`; null is as soon as the operator can. */
  from: string | null;
}

type ChangeDetails = Extract<TaskDetails, { kind: 'change_tariff' }>;

/** Moving a line to another tariff of its operator. It keeps the version that it has until the operator has moved it. */
@Injectable()
export class TariffChanges implements OnModuleInit {
  constructor(
    private readonly requests: LineRequests,
    private readonly lines: Lines,
    private readonly catalogue: Catalogue,
    private readonly tasks: OperatorTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('change_tariff', {
      done: (sql, task, actor) => {
        const { tariffVersionId } = task.details as ChangeDetails;
        return this.lines.putOn(sql, task.line_id, tariffVersionId, { taskId: task.id, actor });
      },
    });
  }

  /** What lines of this operator can be moved to now. */
  offers(operatorId: string): Promise<ShownTariff[]> {
    return this.catalogue.ofOperator(operatorId);
  }

  /**
   * Returns the task's id. Throws LineNotFound, LineStateForbids, TaskInFlight, and InvalidInput where the version is not in
   * force, of another operator, or what the line has already.
   */
  request(sql: Sql, lineId: string, { tariffVersionId, from }: TariffWish, actor: Actor): Promise<string> {
    if (from !== null) this.requests.expectDay('from', dayFault(from, this.requests.today()));
    return this.requests.ask(sql, {
      ...{ lineId, states: ['active', 'suspended'], actor },
      detailsOf: async (line) => {
        const tariff = await this.find(sql, line, tariffVersionId);
        const { number } = line;
        return { kind: 'change_tariff', number, tariffVersionId, tariff: tariff.name, ...(from !== null && { from }) };
      },
    });
  }

  private async find(sql: Sql, line: LockedLine, versionId: string): Promise<ShownTariff> {
    if (line.tariff_version_id === versionId) throw new InvalidInput([{ path: 'tariff', code: 'line_tariff_same' }]);
    const offers = await this.catalogue.ofOperator(line.operator_id, sql);
    const chosen = offers.find((offer) => offer.versionId === versionId);
    if (!chosen) throw new InvalidInput([{ path: 'tariff', code: 'line_tariff_gone' }]);
    return chosen;
  }
}
