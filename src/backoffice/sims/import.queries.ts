import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { ImportLayout } from '../../sims/import/sim-imports.service.js';
import type { RowFault } from '../../sims/import/sim-rows.js';

export interface ImportRow {
  id: string;
  number: number;
  file_name: string;
  operator: string;
  office: string;
  party: string;
  state: 'uploaded' | 'checked' | 'imported';
  row_count: number;
  ready_count: number | null;
  fault_count: number | null;
  doubt_count: number | null;
  added_count: number | null;
  override_reason: string | null;
  uploaded_by: string | null;
  uploaded_at: string;
  imported_by: string | null;
  imported_at: string | null;
}

export interface ImportPageRow extends ImportRow {
  layout: ImportLayout;
  faults: RowFault[];
}

const IMPORTS = 30;
const COLUMNS = `
  i.id, i.number, i.file_name, op.name as operator, o.name as office, coalesce(i.party, i.number::text) as party, i.state,
  i.row_count, i.ready_count, i.fault_count, i.doubt_count, i.added_count, i.override_reason, u.name as uploaded_by,
  i.uploaded_at, m.name as imported_by, i.imported_at`;
const FROM = `
  from sim_import i join operator op on op.id = i.operator_id join office o on o.id = i.office_id
  left join staff u on u.id = i.uploaded_by left join staff m on m.id = i.imported_by`;

/** Operators' files and what came of them. */
@Injectable()
export class SimImportQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(after: unknown): Promise<Page<ImportRow>> {
    const key = readKey(after, ['time', 'uuid']);
    const rows = await this.database.query<ImportRow>(
      `select ${COLUMNS} ${FROM} where $1::timestamptz is null or (i.uploaded_at, i.id) < ($1, $2::uuid)
       order by i.uploaded_at desc, i.id desc limit ${IMPORTS + 1}`,
      [key?.[0] ?? null, key?.[1] ?? null],
    );
    return pageOf(rows, IMPORTS, (row) => [row.uploaded_at, row.id]);
  }

  async import(id: string): Promise<ImportPageRow | undefined> {
    const [row] = await this.database.query<ImportPageRow>(
      `select ${COLUMNS}, i.layout, i.faults ${FROM} where i.id = $1`,
      [id],
    );
    return row;
  }
}
