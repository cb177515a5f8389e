import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { KeptChange } from '../../tariffs/import/tariff-imports.service.js';
import type { RowFault } from '../../tariffs/import/tariff-rows.js';

export interface ImportRow {
  id: string;
  file_name: string;
  state: 'checked' | 'imported';
  row_count: number;
  new_count: number;
  changed_count: number;
  unchanged_count: number;
  fault_count: number;
  faults: RowFault[];
  published: boolean | null;
  uploaded_by: string | null;
  uploaded_at: string;
  imported_at: string | null;
}

const IMPORTS = 20;
const COLUMNS = `i.id, i.file_name, i.state, i.row_count, i.new_count, i.changed_count, i.unchanged_count, i.fault_count,
  i.faults, i.published, s.name as uploaded_by, i.uploaded_at, i.imported_at`;

@Injectable()
export class ImportQueries {
  constructor(private readonly database: Database) {}

  async imports(after: unknown): Promise<Page<ImportRow>> {
    const key = readKey(after, ['time', 'uuid']);
    const rows = await this.database.query<ImportRow>(
      `select ${COLUMNS} from tariff_import i left join staff s on s.id = i.uploaded_by
       where $1::timestamptz is null or (i.uploaded_at, i.id) < ($1, $2::uuid)
       order by i.uploaded_at desc, i.id desc limit ${IMPORTS + 1}`,
      [key?.[0] ?? null, key?.[1] ?? null],
    );
    return pageOf(rows, IMPORTS, ({ uploaded_at: at, id }) => [at, id]);
  }

  /** With the first rows of what it would change, where it is not imported yet. */
  async find(id: string, most: number): Promise<{ row: ImportRow; added: KeptChange[]; changed: KeptChange[] } | null> {
    const [row] = await this.database.query<ImportRow & { added: KeptChange[]; changed: KeptChange[] }>(
      `select ${COLUMNS},
              coalesce((select jsonb_agg(r) from (
                 select r from jsonb_array_elements(i.rows) r where r ->> 'tariffId' is null limit $2) x), '[]') as added,
              coalesce((select jsonb_agg(r) from (
                 select r from jsonb_array_elements(i.rows) r where r ->> 'tariffId' is not null limit $2) x), '[]') as changed
       from tariff_import i left join staff s on s.id = i.uploaded_by where i.id = $1`,
      [id, most],
    );
    return row ? { row, added: row.added, changed: row.changed } : null;
  }
}
