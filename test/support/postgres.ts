import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { keptSecret } from '../../src/infra/config/secret.js';
import { createCluster } from '../../src/infra/embedded/cluster.js';
import { settlePlaces } from '../../src/infra/embedded/places.js';
import { findServerUser, identity } from '../../src/infra/embedded/server-user.js';

export interface TestPostgres {
  /** Address of the maintenance database, as a superuser. */
  url: string;
  stop(): Promise<void>;
}

/** Speed over safety: these databases live for minutes. Over TCP, as a server of production is reached. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '256MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  jit: 'off',
};

/** A throw-away server of the product's embedded PostgreSQL, on a free port, in a folder that goes away with it. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'smartcard-test-pg-'));
  chmodSync(folder, 0o711);
  const user = findServerUser();
  const places = await settlePlaces(folder, user);
  createCluster(places, folder, user);

  const port = await freePort();
  const log = openSync(join(folder, 'log'), 'w');
  const flags = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // Detached: Ctrl+C reaches the test run first, the guard below stops the server.
  const server = spawn(places.postgres, ['-D', places.data, ...flags], {
    ...identity(user),
    detached: true,
    stdio: ['ignore', log, log],
  });
  const guard = guardOf(server, folder);
  const url = `postgresql://postgres:${keptSecret(folder, 'postgres-password')}@127.0.0.1:${port}/postgres`;
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

/**
 * A port that nobody listens on. Drawn below those that the system gives to outgoing connections, so that none of these
 * takes it before its user comes.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
