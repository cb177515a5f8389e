import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Places } from './places.js';
import { readPostmaster, type Postmaster } from './postmaster.js';
import { identity, type ServerUser } from './server-user.js';

/** Only a part of the socket's file name: the server does not listen on it. */
const SOCKET_PORT = 54320;
/** The system allows about 107 bytes for the path of a socket. */
const LONGEST_SOCKET_PATH = 100;

/** Starts the server and waits until it takes connections; on this port where it had one before. */
export async function launch(
  { data, postgres }: Places,
  dataDir: string,
  user: ServerUser | undefined,
  port?: number,
): Promise<Postmaster> {
  const settings = await serverSettings(data, port);
  const log = openLog(join(dataDir, 'postgres.log'));
  const child = spawn(
    postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...identity(user), detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure ??= `it ended with code ${code}`));
  child.unref();
  for (;;) {
    const postmaster = readPostmaster(data);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    if (failure !== undefined) {
      throw new Error(`PostgreSQL did not start: ${failure}. See ${join(dataDir, 'postgres.log')}`);
    }
    await sleep(10);
  }
}

async function serverSettings(data: string, port?: number): Promise<Record<string, string>> {
  const short = Buffer.byteLength(join(data, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
  return {
    port: String(port ?? (short ? SOCKET_PORT : await freePort())),
    listen_addresses: short ? '' : '127.0.0.1',
    // Relative to the data folder: commas and quotes in its path do no harm.
    unix_socket_directories: '.',
    unix_socket_permissions: '0700',
    shared_buffers: '256MB',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    // Errors come back to the application, which logs them without values.
    log_min_error_statement: 'panic',
    log_min_messages: 'fatal',
    jit: 'off',
  };
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > 10_000_000 ? 'w' : 'a', 0o600);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
