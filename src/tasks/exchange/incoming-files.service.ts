import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Messages } from '../../notifications/messages.service.js';
import { type Actor, SYSTEM } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { OperatorFileNotFound } from '../tasks.errors.js';
import { type Answer, type AnswerFile, readAnswerFile, type RowFault } from './answer-file.js';
import { AnswerRows } from './answer-rows.service.js';

export interface NewAnswerFile {
  operatorId: string;
  name: string;
  bytes: Uint8Array;
  /** Null is the folder. */
  staffId: string | null;
}

export interface KeptFile {
  id: string;
  /** What the same contents were called when they came before; null where they are new. */
  knownAs: string | null;
}

/** What taking a file would do, or did. */
export interface Outcome {
  rows: number;
  /** Rows that change something. */
  taken: number;
  /** Rows that say what is known already. */
  known: number;
  faults: RowFault[];
}

interface StoredFile {
  operator_id: string;
  bytes: Buffer;
  finished_at: string | null;
}

export const MOST_BYTES = 5 * 1024 * 1024;
const MOST_FAULTS = 500;

/** Files of answers that came from operators. What the same contents say counts once, however they came. */
@Injectable()
export class IncomingFiles {
  constructor(
    private readonly database: Database,
    private readonly rows: AnswerRows,
    private readonly messages: Messages,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Keeps the file; nothing is done with it yet. The same contents that came before are that file; what was put aside waits again. Throws InvalidInput for more than 5 MB. */
  async keep({ operatorId, name, bytes, staffId }: NewAnswerFile): Promise<KeptFile> {
    const digest = createHash('sha256').update(bytes).digest();
    if (bytes.length > MOST_BYTES) throw new InvalidInput([{ path: 'file', code: 'task_file_size' }]);
    const { rows } = this.read(bytes);
    return this.database.transaction(async (sql) => {
      const id = newId();
      const [added] = await sql.query(
        `insert into operator_file (id, operator_id, direction, name, digest, bytes, rows, staff_id, at)
         values ($1, $2, 'in', $3, $4, $5, $6, $7, $8) on conflict (operator_id, direction, digest) do nothing returning id`,
        [id, operatorId, name, digest, Buffer.from(bytes), rows, staffId, this.clock.now()],
      );
      const actor: Actor = staffId === null ? SYSTEM : { kind: 'staff', id: staffId };
      if (added) {
        const object = { kind: 'operator_file', id };
        await this.audit.record(sql, { actor, action: 'operator_file.came', object, facts: { rows } });
        return { id, knownAs: null };
      }
      const [known] = await sql.query<{ id: string; name: string; put_aside: boolean }>(
        `select id, name, put_aside from operator_file where operator_id = $1 and direction = 'in' and digest = $2 for update`,
        [operatorId, digest],
      );
      const { id: knownId, name: knownAs, put_aside: wasAside } = known!;
      if (wasAside) {
        await sql.query('update operator_file set put_aside = false, finished_at = null where id = $1', [knownId]);
        const object = { kind: 'operator_file', id: knownId };
        await this.audit.record(sql, { actor, action: 'operator_file.came_again', object });
      }
      return { id: knownId, knownAs };
    });
  }

  /** A file that nobody reads: that it came is on record. */
  async keepTooLarge({ operatorId, name, stamp }: { operatorId: string; name: string; stamp: string }): Promise<void> {
    const digest = createHash('sha256').update(`too large: ${name} ${stamp}`).digest();
    await this.database.query(
      `insert into operator_file (id, operator_id, direction, name, digest, rows, faults, at, finished_at)
       values ($1, $2, 'in', $3, $4, 0, $5, $6, $6) on conflict do nothing`,
      [newId(), operatorId, name, digest, JSON.stringify([{ line: 0, code: 'large' }]), this.clock.now()],
    );
  }

  /** What taking it would do as things are now; nothing changes. Throws OperatorFileNotFound. */
  async dryRun(id: string): Promise<Outcome> {
    const { file, stored } = await this.open(id);
    const judged = await this.rows.judgeAll(file.answers, stored.operator_id);
    return outcomeOf(file, judged);
  }

  /**
   * Takes it row by row, each in a transaction of its own; whoever is killed in between or races with another goes on where
   * that one stopped. Again is as good as once. Returns how many rows could not be taken. Throws OperatorFileNotFound.
   */
  async take(id: string, actor: Actor): Promise<number> {
    const { file, stored } = await this.open(id);
    if (stored.finished_at !== null) return this.faultCount(id);
    const faults = [...file.faults];
    for (const answer of file.answers) {
      const code = await this.rows.take({ fileId: id, operatorId: stored.operator_id, answer, actor });
      if (code !== null) faults.push({ line: answer.line, code });
    }
    await this.finish(id, faults, actor);
    this.messages.ring();
    return this.faultCount(id);
  }

  /** «Не принимать»: it stays as it came, and nothing of it is taken. Throws OperatorFileNotFound where it does not wait. */
  async putAside(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const [file] = await sql.query(
        `update operator_file set put_aside = true, finished_at = $2
         where id = $1 and direction = 'in' and finished_at is null returning id`,
        [id, this.clock.now()],
      );
      if (!file) throw new OperatorFileNotFound();
      const object = { kind: 'operator_file', id };
      await this.audit.record(sql, { actor, action: 'operator_file.put_aside', object });
    });
  }

  private async finish(id: string, faults: readonly RowFault[], actor: Actor): Promise<void> {
    const sorted = faults.toSorted((one, other) => one.line - other.line);
    await this.database.transaction(async (sql) => {
      const [finished] = await sql.query(
        'update operator_file set finished_at = $2, faults = $3 where id = $1 and finished_at is null returning id',
        [id, this.clock.now(), JSON.stringify(sorted.slice(0, MOST_FAULTS))],
      );
      if (!finished) return;
      const object = { kind: 'operator_file', id };
      await this.audit.record(sql, { actor, action: 'operator_file.taken', object, facts: { faults: sorted.length } });
    });
  }

  private async faultCount(id: string): Promise<number> {
    const [row] = await this.database.query<{ faults: number }>(
      'select jsonb_array_length(faults) as faults from operator_file where id = $1',
      [id],
    );
    return row!.faults;
  }

  private async open(id: string): Promise<{ file: AnswerFile; stored: StoredFile }> {
    const [stored] = await this.database.query<StoredFile>(
      `select operator_id, bytes, finished_at from operator_file
       where id = $1 and direction = 'in' and bytes is not null`,
      [id],
    );
    if (!stored) throw new OperatorFileNotFound();
    return { file: this.read(stored.bytes), stored };
  }

  private read(bytes: Uint8Array): AnswerFile {
    return readAnswerFile(bytes, this.config.timeZone);
  }
}

function outcomeOf(
  file: AnswerFile,
  judged: readonly { answer: Answer; code: string | null; known: boolean }[],
): Outcome {
  const wrong = judged.flatMap(({ answer, code }) => (code === null ? [] : [{ line: answer.line, code }]));
  const known = judged.filter((row) => row.known).length;
  return {
    ...{ rows: file.rows, known, taken: judged.length - wrong.length - known },
    faults: [...file.faults, ...wrong].sort((one, other) => one.line - other.line).slice(0, MOST_FAULTS),
  };
}
