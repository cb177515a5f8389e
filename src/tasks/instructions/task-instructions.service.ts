import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { TaskKind } from '../operator-task.js';
import { InstructionChanged } from '../tasks.errors.js';
import { readWords } from './placeholders.js';

/** What tells a clerk how to do tasks of a kind at an operator; the house's where `operatorId` is null. */
export interface Place {
  operatorId: string | null;
  kind: TaskKind;
}

export interface Instruction {
  words: string;
  /** Of these words; 0 where an operator has none of its own. */
  revision: number;
  /** Whether they are the house's. */
  shared: boolean;
  changedBy: string | null;
  changedAt: string;
}

/** The steps in operators' own programs, written by staff: the house's words where an operator has none of its own. */
@Injectable()
export class TaskInstructions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** What a clerk is told there. */
  async at({ operatorId, kind }: Place): Promise<Instruction> {
    const [found] = await this.database.query<Instruction>(
      `select i.words, case when i.operator_id is not distinct from $1::uuid then i.revision else 0 end as revision,
              i.operator_id is null as shared, s.name as "changedBy", i.changed_at as "changedAt"
       from operator_instruction i left join staff s on s.id = i.changed_by
       where i.kind = $2 and (i.operator_id is null or i.operator_id = $1) order by i.operator_id nulls last limit 1`,
      [operatorId, kind],
    );
    return found!;
  }

  /** Kinds for which this operator has words of its own. */
  async ownKinds(operatorId: string): Promise<TaskKind[]> {
    const rows = await this.database.query<{ kind: TaskKind }>(
      'select kind from operator_instruction where operator_id = $1',
      [operatorId],
    );
    return rows.map(({ kind }) => kind);
  }

  /** Throws InvalidInput for a placeholder that this kind does not know, InstructionChanged where somebody was quicker. */
  async save(place: Place, words: string, basedOn: number, clerk: Actor): Promise<void> {
    const { fault } = readWords(words, place.kind);
    if (fault !== null) throw new InvalidInput([{ path: 'words', code: 'task_placeholder', params: { name: fault } }]);
    await this.change(place, basedOn, clerk, async (sql) => {
      const row = [newId(), place.operatorId, place.kind, words, clerk.id ?? null, this.clock.now()];
      await sql.query(
        `insert into operator_instruction (id, operator_id, kind, words, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (operator_id, kind) do update
         set words = excluded.words, revision = operator_instruction.revision + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
        row,
      );
    });
  }

  /** The house's words count for this operator again. Throws InstructionChanged. */
  async dropOwn(place: Place & { operatorId: string }, basedOn: number, clerk: Actor): Promise<void> {
    await this.change(place, basedOn, clerk, async (sql) => {
      await sql.query('delete from operator_instruction where operator_id = $1 and kind = $2', [
        ...[place.operatorId, place.kind],
      ]);
    });
  }

  private async change(place: Place, basedOn: number, actor: Actor, work: (sql: Sql) => Promise<void>): Promise<void> {
    const { operatorId, kind } = place;
    await this.database.transaction(async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtext('operator_instruction'), hashtext($1))`, [kind]);
      const [known] = await sql.query<{ revision: number }>(
        'select revision from operator_instruction where operator_id is not distinct from $1::uuid and kind = $2',
        [operatorId, kind],
      );
      if ((known?.revision ?? 0) !== basedOn) throw new InstructionChanged();
      await work(sql);
      const object = { kind: 'operator', id: operatorId ?? 'house' };
      await this.audit.record(sql, { actor, action: 'operator_instruction.changed', object, facts: { kind } });
    });
  }
}
