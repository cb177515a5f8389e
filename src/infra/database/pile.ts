import { DomainError } from '../../shared/domain-error.js';
import type { Database } from './database.js';
import type { Sql } from './sql.js';

/** What a clerk does something with at once. */
const MOST_AT_ONCE = 100;

export interface PileCount {
  done: number;
  /** Closed meanwhile, or not what the clerk had seen: they are left as they are. */
  left: number;
}

/** Many things at once, each in a transaction of its own. */
export async function workPile<Thing>(
  database: Database,
  pile: readonly Thing[],
  work: (sql: Sql, thing: Thing) => Promise<void>,
): Promise<PileCount> {
  let done = 0;
  for (const thing of pile.slice(0, MOST_AT_ONCE)) {
    try {
      await database.transaction((sql) => work(sql, thing));
      done += 1;
    } catch (error) {
      // What a colleague has just changed is theirs; any other fault stops the pile.
      if (!(error instanceof DomainError) || !['conflict', 'not_found'].includes(error.kind)) throw error;
    }
  }
  return { done, left: pile.length - done };
}
