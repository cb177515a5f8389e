import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { OperatorFileNotFound } from '../tasks.errors.js';

/** The contents of files that went to operators or came from them, for staff. */
@Injectable()
export class OperatorFiles {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Whoever fetches a file of tasks takes it to the operator: from then on it is delivered. It is on record. Throws OperatorFileNotFound. */
  async open(id: string, clerk: Actor): Promise<{ name: string; bytes: Buffer }> {
    return this.database.transaction(async (sql) => {
      const [file] = await sql.query<{ name: string; bytes: Buffer; direction: 'in' | 'out' }>(
        'select name, bytes, direction from operator_file where id = $1 and bytes is not null for update',
        [id],
      );
      if (!file) throw new OperatorFileNotFound();
      if (file.direction === 'out') {
        await sql.query('update operator_file set finished_at = coalesce(finished_at, $2) where id = $1', [
          ...[id, this.clock.now()],
        ]);
      }
      await this.audit.record(sql, {
        actor: clerk,
        action: 'operator_file.opened',
        object: { kind: 'operator_file', id },
      });
      return file;
    });
  }
}
