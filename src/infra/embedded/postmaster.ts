import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { servesFolder, waitForEnd } from './processes.js';

/** What a running PostgreSQL server says of itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Empty where it listens on its socket alone. */
  address: string;
  ready: boolean;
}

export function readPostmaster(data: string): Postmaster | undefined {
  try {
    const [pid, , , port, , address = '', , status = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split(
      '\n',
    );
    return { pid: Number(pid), port: Number(port), address: address.trim(), ready: status.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** The server that still runs in this folder, if any; the locks of one that died are removed. */
export function findPostmaster(data: string): Postmaster | undefined {
  const postmaster = readPostmaster(data);
  if (postmaster && servesFolder(postmaster.pid, data)) return postmaster;
  if (postmaster) {
    // PostgreSQL trusts any living process with this id, and after a crash that may be a stranger.
    rmSync(join(data, 'postmaster.pid'), { force: true });
    rmSync(join(data, `.s.PGSQL.${postmaster.port}`), { force: true });
    rmSync(join(data, `.s.PGSQL.${postmaster.port}.lock`), { force: true });
  }
  return undefined;
}

/** Ends a server as `pg_ctl stop -m fast` does; one that hangs is made to recover at its next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForEnd(pid, patience)) return;
  }
}
