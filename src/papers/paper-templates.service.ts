import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { DomainError, InvalidInput } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import type { PaperKind } from './paper-kind.js';
import { readTemplate } from './paper-markup.js';

export interface PaperTemplate {
  id: string;
  kind: PaperKind;
  version: number;
  title: string;
  body: string;
  created_at: string;
  author: string | null;
}

export interface NewTemplate {
  kind: PaperKind;
  /** The version that was on the screen: somebody else's change in between is not overwritten. */
  basedOn: number;
  title: string;
  body: string;
}

const COLUMNS = 't.id, t.kind, t.version, t.title, t.body, t.created_at, s.name as author';

/** What papers are made from. A change is a new version; what was issued keeps the one it came from. */
@Injectable()
export class PaperTemplates {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The one in force. */
  async current(sql: Sql, kind: PaperKind): Promise<PaperTemplate> {
    const [template] = await sql.query<PaperTemplate>(
      `select ${COLUMNS} from paper_template t left join staff s on s.id = t.created_by
       where t.kind = $1 order by t.version desc limit 1`,
      [kind],
    );
    return template!;
  }

  /** All versions of a kind, the one in force first. */
  history(kind: PaperKind): Promise<PaperTemplate[]> {
    return this.database.query<PaperTemplate>(
      `select ${COLUMNS} from paper_template t left join staff s on s.id = t.created_by
       where t.kind = $1 order by t.version desc limit 100`,
      [kind],
    );
  }

  /** Throws InvalidInput at the body for markup that cannot be read, template_changed where somebody was quicker. */
  async save({ kind, basedOn, title, body }: NewTemplate, clerk: Actor): Promise<void> {
    const [fault] = readTemplate(body).faults;
    if (fault) {
      throw new InvalidInput([
        { path: 'body', code: `paper_${fault.code}`, params: { line: fault.line, text: fault.text } },
      ]);
    }
    await this.database.transaction(async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`paper_template ${kind}`]);
      const { version, ...known } = await this.current(sql, kind);
      if (version !== basedOn) throw new DomainError('template_changed', 'conflict');
      if (known.title === title && known.body.trim() === body.trim()) return;
      const id = newId();
      await sql.query(
        `insert into paper_template (id, kind, version, title, body, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, kind, version + 1, title, body, clerk.id, this.clock.now()],
      );
      const object = { kind: 'paper_template', id };
      await this.audit.record(sql, {
        actor: clerk,
        action: 'paper_template.changed',
        object,
        facts: { kind, version: version + 1 },
      });
    });
  }
}
