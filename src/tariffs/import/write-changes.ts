import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { TERM_COLUMNS } from '../tariff-terms.js';
import type { KeptTerms } from './kept-terms.js';
import type { KeptChange } from './tariff-imports.service.js';

interface Writing {
  choice: 'publish' | 'draft';
  now: Date;
  clerkId: string | null;
}

const FIELDS = Object.keys(TERM_COLUMNS) as (keyof KeptTerms)[];
const VERSION_COLUMNS = [
  ...['id', 'tariff_id', 'number', 'state', 'origin', 'revision', 'created_by', 'created_at'],
  ...['valid_from', 'published_by', 'published_at', ...Object.values(TERM_COLUMNS)],
];
const TARIFF_COLUMNS = ['id', 'operator_id', 'slug', 'state', 'created_at'];

/** Writes what a file changes, all of it or nothing. */
export async function writeChanges(sql: Sql, changes: readonly KeptChange[], writing: Writing): Promise<void> {
  await refuseOutdated(sql, changes);
  const { choice, now, clerkId } = writing;
  const writes = new WriteSet();
  for (const { tariffId, operatorId, slug, number, terms } of changes) {
    const id = tariffId ?? newId();
    const state = choice === 'publish' ? 'published' : 'draft';
    if (tariffId === null) {
      writes.insert('tariff', TARIFF_COLUMNS, { id, operator_id: operatorId, slug, state, created_at: now });
    }
    const published = choice === 'publish' ? { valid_from: now, published_by: clerkId, published_at: now } : {};
    writes.insert('tariff_version', VERSION_COLUMNS, {
      ...{ id: newId(), tariff_id: id, number: number + 1, state, origin: 'import', revision: 1 },
      ...{ created_by: clerkId, created_at: now, ...published },
      ...Object.fromEntries(FIELDS.map((field) => [TERM_COLUMNS[field], terms[field]])),
    });
  }
  await writes.flush(sql);
  if (choice === 'publish') {
    const ids = changes.flatMap(({ tariffId }) => tariffId ?? []);
    await sql.query(`update tariff set state = 'published' where id = any($1) and state = 'draft'`, [ids]);
  }
}

/** Locks the tariffs in the order of their ids; none may have moved since the file was checked. */
async function refuseOutdated(sql: Sql, changes: readonly KeptChange[]): Promise<void> {
  const known = changes.filter(({ tariffId }) => tariffId !== null);
  const ids = known.map(({ tariffId }) => tariffId!).sort();
  await sql.query('select from tariff where id = any($1) order by id for update', [ids]);
  const rows = await sql.query<{ id: string; newest: number }>(
    `select t.id, max(v.number) as newest from tariff t join tariff_version v on v.tariff_id = t.id
     where t.id = any($1) and t.state <> 'archived' group by t.id having count(*) filter (where v.state = 'draft') = 0`,
    [ids],
  );
  const newest = new Map(rows.map((row) => [row.id, row.newest]));
  const slugs = changes.filter(({ tariffId }) => tariffId === null).map(({ slug }) => slug);
  const taken = await sql.query('select from tariff where slug = any($1) limit 1', [slugs]);
  if (taken.length > 0 || known.some(({ tariffId, number }) => newest.get(tariffId!) !== number)) {
    throw new DomainError('tariff_import_outdated', 'conflict');
  }
}
