import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keptSecret } from '../config/secret.js';
import { FolderInUse, FolderLock } from './folder-lock.js';
import { settlePlaces, type Places } from './places.js';
import { findPostmaster, readPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { findServerUser, type ServerUser } from './server-user.js';

const MAJOR_VERSION = '18';
const DATABASE = 'smartcard';
/** Only a part of the socket's file name: the server does not listen on it. */
const SOCKET_PORT = 54320;
/** The system allows about 107 bytes for the path of a socket. */
const LONGEST_SOCKET_PATH = 100;

/**
 * A PostgreSQL server of our own inside DATA_DIR, from binaries that npm installed.
 *
 * It runs in a process group of its own, so that Ctrl+C ends it only after the application let go of it; where the
 * application was killed, its server lives on and the next start adopts it.
 */
export class EmbeddedServer {
  private constructor(
    readonly url: string,
    private readonly pid: number,
    private readonly lock: FolderLock | undefined,
  ) {}

  /** Starts (or adopts) the folder's server; throws FolderInUse where another copy of the application holds it. */
  static async start(dataDir: string): Promise<EmbeddedServer> {
    const lock = FolderLock.take(dataDir);
    try {
      const user = findServerUser();
      const places = await settlePlaces(dataDir, user);
      if (!existsSync(join(places.data, 'PG_VERSION'))) createCluster(places, dataDir, user);
      refuseOtherVersion(places.data);
      const postmaster = (await adopt(places.data, dataDir)) ?? (await launch(places, dataDir, user));
      const url = urlOf(postmaster, places.data, dataDir);
      await createDatabase(url);
      return new EmbeddedServer(url, postmaster.pid, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** For a short command: works beside a running copy of the application, and leaves the server to it. */
  static async join(dataDir: string): Promise<EmbeddedServer> {
    try {
      return await EmbeddedServer.start(dataDir);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      const data = realpathSync(join(dataDir, 'postgres'));
      const postmaster = readPostmaster(data);
      if (!postmaster?.ready) throw error;
      return new EmbeddedServer(urlOf(postmaster, data, dataDir), postmaster.pid, undefined);
    }
  }

  async stop(): Promise<void> {
    if (!this.lock) return;
    await stopPostmaster(this.pid);
    this.lock.release();
  }
}

/** Written aside and moved into place, so that a start that was cut off leaves nothing half made. */
function createCluster({ data, initdb }: Places, dataDir: string, user: ServerUser | undefined): void {
  const draft = `${data}.new`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, keptSecret(dataDir, 'postgres-password'), { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    runInitdb(initdb, [`--pgdata=${draft}`, ...clusterOptions(passwordFile)], user);
    // Everything at once afterwards takes a fraction of file by file.
    runInitdb(initdb, [`--pgdata=${draft}`, '--sync-only'], user);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(data, { recursive: true, force: true });
  renameSync(draft, data);
}

function clusterOptions(passwordFile: string): string[] {
  return [
    '--no-sync',
    '--no-instructions',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    // The socket stands in the data folder, which its owner alone may enter.
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Knows the case of Cyrillic letters on every machine alike, which C does not.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
}

function runInitdb(initdb: string, options: string[], user: ServerUser | undefined): void {
  const result = spawnSync(initdb, options, { ...identity(user), encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`PostgreSQL's initdb failed: ${result.stderr || String(result.error)}`);
  }
}

function refuseOtherVersion(data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(`${data} belongs to PostgreSQL ${version}; this is ${MAJOR_VERSION}. Dump and restore it first.`);
  }
}

/** Takes over the server that a killed application left behind; one that does not answer is ended. */
async function adopt(data: string, dataDir: string): Promise<Postmaster | undefined> {
  const postmaster = findPostmaster(data);
  if (!postmaster) return undefined;
  if (postmaster.ready && (await answers(urlOf(postmaster, data, dataDir, 'postgres')))) return postmaster;
  await stopPostmaster(postmaster.pid);
  findPostmaster(data);
  return undefined;
}

async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

async function launch({ data, postgres }: Places, dataDir: string, user: ServerUser | undefined): Promise<Postmaster> {
  const settings = await serverSettings(data);
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

async function serverSettings(data: string): Promise<Record<string, string>> {
  const short = Buffer.byteLength(join(data, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
  return {
    port: String(short ? SOCKET_PORT : await freePort()),
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

function urlOf(postmaster: Postmaster, data: string, dataDir: string, database = DATABASE): string {
  if (postmaster.address === '') {
    return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(data)}&port=${postmaster.port}`;
  }
  const password = keptSecret(dataDir, 'postgres-password');
  return `postgres://postgres:${password}@${postmaster.address}:${postmaster.port}/${database}`;
}

async function createDatabase(url: string): Promise<void> {
  const home = url.replace(`/${DATABASE}`, '/postgres');
  await withClient(home, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function identity(user: ServerUser | undefined): { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  // Nothing of our own environment: it holds secrets, and PGDATA or LC_ALL would change what the server does.
  return {
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
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
