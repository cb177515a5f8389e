import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { Companies } from '../../customers/companies/companies.service.js';
import { CompanyNotFound } from '../../customers/companies/companies.errors.js';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { harmlessCell } from '../../shared/harmless-cell.js';
import { EsiaStates } from '../esia/esia-states.service.js';
import { type CompanyLineRow, CompanyLineQueries } from './company-lines.queries.js';
import { isSame } from './line-user.js';
import { LineUsers } from './line-users.service.js';
import { MOST_ROWS, readUserRows, type UserRow } from './user-rows.js';

/** A pasted row beside what is known of its number. */
export interface ComparedRow extends UserRow {
  known: CompanyLineRow | null;
  /** Whether another user would be named, and whether ESIA would be told of. */
  renames: boolean;
  submits: boolean;
}

const COLUMNS = ['number', 'kind', 'name', 'note', 'esia', 'due'] as const;

/** Users of many numbers at once: out as a file, and in as rows of it. */
@Injectable()
export class UserSheets {
  constructor(
    private readonly companies: Companies,
    private readonly known: CompanyQueries,
    private readonly lines: CompanyLineQueries,
    private readonly users: LineUsers,
    private readonly esia: EsiaStates,
    private readonly database: Database,
  ) {}

  /** As a spreadsheet opens it: UTF-8 with BOM, semicolons. It is also the form to fill in. */
  async file(customerId: string, language: Language): Promise<Buffer> {
    if (!(await this.known.of(customerId))) throw new CompanyNotFound();
    const rows = await this.lines.all(customerId);
    const heading = COLUMNS.map((column) => text(language, `companies:sheet.columns.${column}`));
    const options = { bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: false } as const;
    return Buffer.from(stringify([heading, ...rows.map((row) => cellsOf(row, language))], options));
  }

  /** What the rows would change; nothing is written. Throws company_rows_broken, company_rows_none and company_rows_many. */
  async compare(customerId: string, pasted: string): Promise<ComparedRow[]> {
    const rows = readUserRows(pasted);
    if (!rows) throw new DomainError('company_rows_broken', 'invalid', { field: 'rows' });
    if (rows.length === 0) throw new DomainError('company_rows_none', 'invalid', { field: 'rows' });
    if (rows.length > MOST_ROWS) {
      throw new DomainError('company_rows_many', 'invalid', { field: 'rows', max: MOST_ROWS });
    }
    const byNumber = new Map((await this.lines.all(customerId)).map((line) => [line.number, line]));
    return rows.map((row) => compared(row, byNumber.get(row.number) ?? null));
  }

  /**
   * Writes all of it or nothing; how many numbers changed. Throws what `compare` throws, company_rows_faulty where a row is
   * wrong, CompanyNotFound.
   */
  async apply(customerId: string, pasted: string, actor: Actor): Promise<number> {
    const rows = await this.compare(customerId, pasted);
    if (rows.some(({ fault }) => fault)) throw new DomainError('company_rows_faulty', 'invalid', { field: 'rows' });
    const changes = rows.filter(({ renames, submits }) => renames || submits);
    await this.database.transaction(async (sql) => {
      const company = await this.companies.lockLive(sql, customerId);
      // In id order, as whoever moves many lines at once.
      for (const { known, user, submits } of changes.toSorted((a, b) => (a.known!.id < b.known!.id ? -1 : 1))) {
        await this.users.nameWithin(sql, company, { lineId: known!.id, user }, actor);
        if (submits) await this.esia.moveWithin(sql, customerId, { lineIds: [known!.id], to: 'submitted' }, actor);
      }
    });
    return changes.length;
  }
}

function compared(row: UserRow, known: CompanyLineRow | null): ComparedRow {
  if (row.fault || !known) {
    return { ...row, fault: row.fault ?? 'number_unknown', known, renames: false, submits: false };
  }
  const { used_by: name, user_kind: kind, user_note: note, esia_state: state } = known;
  const renames = row.user ? !isSame({ name, kind, note }, row.user) : kind !== null;
  const submits = row.submitted && row.user !== null && (state === 'to_do' || (renames && state !== 'submitted'));
  return { ...row, known, renames, submits };
}

function cellsOf(row: CompanyLineRow, language: Language): string[] {
  const { number, user_kind: kind, used_by: name, user_note: note, esia_state: state, esia_due_on: due } = row;
  return [
    number.slice(1),
    kind ? text(language, `companies:kinds.${kind}`) : '',
    kind ? harmlessCell(name ?? '') : '',
    harmlessCell(note ?? ''),
    text(language, `companies:esia.${state}`),
    due?.split('-').reverse().join('.') ?? '',
  ];
}
