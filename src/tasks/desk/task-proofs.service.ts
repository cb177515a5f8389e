import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { lockTask } from '../task-rows.js';
import { TaskSteps } from '../task-steps.service.js';
import { ProofNotFound } from '../tasks.errors.js';
import { type ProofType, proofType } from './proof-type.js';

export interface NewProof {
  name: string;
  bytes: Uint8Array;
}

export interface StoredProof {
  name: string;
  media_type: ProofType;
  bytes: Buffer;
}

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_PROOFS = 10;

/** Pictures and letters of an operator that show a task was done. */
@Injectable()
export class TaskProofs {
  constructor(
    private readonly database: Database,
    private readonly steps: TaskSteps,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** In whatever state the task is. Throws TaskNotFound, and InvalidInput for a file that is no proof. */
  attach(task: { id: string; clerkId: string }, proof: NewProof): Promise<void> {
    return this.database.transaction(async (sql) => {
      await lockTask(sql, task.id);
      await this.add(sql, task, proof);
    });
  }

  /** To a locked task. */
  async add(sql: Sql, { id, clerkId }: { id: string; clerkId: string }, { name, bytes }: NewProof): Promise<void> {
    const type = proofType(bytes);
    if (type === null) throw new InvalidInput([{ path: 'file', code: 'task_proof_type' }]);
    if (bytes.length > MOST_BYTES) throw new InvalidInput([{ path: 'file', code: 'task_proof_size' }]);
    const known = await sql.query('select from operator_task_proof where task_id = $1', [id]);
    if (known.length >= MOST_PROOFS) throw new InvalidInput([{ path: 'file', code: 'task_proofs_many' }]);
    await sql.query(
      `insert into operator_task_proof (id, task_id, name, media_type, bytes, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), id, name, type, Buffer.from(bytes), clerkId, this.clock.now()],
    );
    await this.steps.note(sql, { id }, 'proof_added', { actor: { kind: 'staff', id: clerkId } });
  }

  /** Whether something already says that it was done: a proof, or the operator's number of it. */
  async isShown(sql: Sql, taskId: string): Promise<boolean> {
    const [shown] = await sql.query(
      `select from operator_task t where t.id = $1
       and (t.reference is not null or exists (select from operator_task_proof p where p.task_id = t.id))`,
      [taskId],
    );
    return shown !== undefined;
  }

  /** The file, and who looked is on record. Throws ProofNotFound. */
  async open(taskId: string, proofId: string, reader: Actor): Promise<StoredProof> {
    const [proof] = await this.database.query<StoredProof>(
      'select name, media_type, bytes from operator_task_proof where id = $1 and task_id = $2',
      [proofId, taskId],
    );
    if (!proof) throw new ProofNotFound();
    const object = { kind: 'operator_task', id: taskId };
    await this.audit.record(this.database, { actor: reader, action: 'operator_task.proof_opened', object });
    return proof;
  }
}
