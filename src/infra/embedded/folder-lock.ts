import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './processes.js';

/** Another living process works in this data folder. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `Another copy already runs in ${folder} (process ${pid}). Stop it, or give this one its own DATA_DIR (and PORT).`,
    );
  }
}

/** One process a data folder. A holder that died without letting go is noticed and replaced. */
export class FolderLock {
  private constructor(private readonly path: string) {}

  static take(folder: string): FolderLock {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'app.lock');
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
    try {
      for (;;) {
        try {
          linkSync(draft, path);
          return new FolderLock(path);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        removeDeadHolder(folder, path);
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}

function removeDeadHolder(folder: string, path: string): void {
  const holder = readHolder(path);
  if (holder && isAlive(holder.pid) && startOf(holder.pid) === holder.started) {
    throw new FolderInUse(folder, holder.pid);
  }
  // Moved aside first: of several processes that see the same dead holder, one alone moves it.
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== holder?.pid) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): { pid: number; started: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string };
  } catch {
    return undefined;
  }
}
