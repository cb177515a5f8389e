import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { PaperDrawing } from './paper-drawing.service.js';
import type { LogIn, PaperFields } from './paper-fields.js';
import type { PaperKind } from './paper-kind.js';
import { PaperTemplates } from './paper-templates.service.js';
import { PaperNotFound } from './papers.errors.js';

export interface PaperOrder {
  kind: PaperKind;
  /** What it is about: an order's id. */
  subjectId: string;
  /** Whose cabinet it stands in, if that is known already. */
  customerId: string | null;
  fields: PaperFields;
  logIn: LogIn;
  actor: Actor;
}

export interface IssuedPaper {
  id: string;
  kind: PaperKind;
  title: string;
  serial: string;
  issued_at: string;
}

const COLUMNS = 'id, kind, title, serial, issued_at';

/** Contracts, acts and instructions as they were issued (T5): nothing of them changes afterwards. */
@Injectable()
export class Papers {
  constructor(
    private readonly database: Database,
    private readonly templates: PaperTemplates,
    private readonly drawing: PaperDrawing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Draws the paper from the template in force and keeps it, in the caller's transaction. Returns its id. */
  async issue(sql: Sql, { kind, subjectId, customerId, fields, logIn, actor }: PaperOrder): Promise<string> {
    const template = await this.templates.current(sql, kind);
    const [next] = await sql.query<{ serial: string }>(
      `select nextval(pg_get_serial_sequence('paper', 'serial')) as serial`,
    );
    const now = this.clock.now();
    const pdf = await this.drawing.draw(template, fields, next!.serial, now, logIn);
    const id = newId();
    await sql.query(
      `insert into paper (id, serial, template_id, kind, title, subject_id, customer_id, pdf, sha256, issued_by, issued_at)
       overriding system value values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, next!.serial, template.id, kind, template.title, subjectId, customerId, pdf],
        ...[createHash('sha256').update(pdf).digest(), actor.kind === 'staff' ? actor.id : null, now],
      ],
    );
    const object = { kind: 'paper', id };
    await this.audit.record(sql, { actor, action: 'paper.issued', object, facts: { kind, version: template.version } });
    return id;
  }

  /** At hand-over: from then on the subject's papers stand in the customer's cabinet. */
  async give(sql: Sql, subjectId: string, customerId: string): Promise<void> {
    await sql.query('update paper set customer_id = $2 where subject_id = $1 and customer_id is null', [
      subjectId,
      customerId,
    ]);
  }

  /** The latest first. */
  ofSubject(subjectId: string): Promise<IssuedPaper[]> {
    return this.database.query<IssuedPaper>(
      `select ${COLUMNS} from paper where subject_id = $1 order by serial desc limit 100`,
      [subjectId],
    );
  }

  /** The latest first. */
  ofCustomer(customerId: string): Promise<IssuedPaper[]> {
    return this.database.query<IssuedPaper>(
      `select ${COLUMNS} from paper where customer_id = $1 order by serial desc limit 200`,
      [customerId],
    );
  }

  /** The PDF, and who looked is on record. A customer gets only what is theirs. Throws PaperNotFound. */
  async open(id: string, reader: Actor): Promise<Buffer> {
    const [paper] = await this.database.query<{ pdf: Buffer }>(
      'select pdf from paper where id = $1 and ($2::uuid is null or customer_id = $2)',
      [id, reader.kind === 'customer' ? reader.id : null],
    );
    if (!paper) throw new PaperNotFound();
    await this.audit.record(this.database, { actor: reader, action: 'paper.opened', object: { kind: 'paper', id } });
    return paper.pdf;
  }
}
