import { v7 } from 'uuid';

/** UUIDv7: unique without asking the database, and in order of making, so that indexes stay compact. */
export function newId(): string {
  return v7();
}
