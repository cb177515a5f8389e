import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { EmbeddedServer } from '../../src/infra/embedded/embedded-server.js';
import { FolderInUse } from '../../src/infra/embedded/folder-lock.js';

const folders: string[] = [];
const asRoot = process.getuid?.() === 0;

function newFolder(name: string, mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) {
    const data = join(folder, 'postgres');
    if (lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink()) {
      rmSync(dirname(realpathSync(data)), { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  }
});

async function query<Row>(server: EmbeddedServer, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Row & object>(text)).rows;
  } finally {
    await client.end();
  }
}

function pidIn(folder: string): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Another process that starts the server of this folder and waits for its end. */
async function startElsewhere(folder: string): Promise<ChildProcess> {
  const script = `
    const { EmbeddedServer } = await import('${new URL('../../dist/infra/embedded/embedded-server.js', import.meta.url).href}');
    await EmbeddedServer.start(${JSON.stringify(folder)});
    console.log('started');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('lives under a path with spaces, commas and Cyrillic letters, knows their case, and is durable', async () => {
  const folder = newFolder('данные, «тест» ');
  const server = await EmbeddedServer.start(folder);
  try {
    expect(await query(server, `select lower('ЁЛКА') as lower, current_setting('fsync') as fsync`)).toEqual([
      { lower: 'ёлка', fsync: 'on' },
    ]);
    const settings = await query<{ setting: string }>(
      server,
      `select setting from pg_settings where name in ('listen_addresses', 'synchronous_commit', 'server_encoding') order by name`,
    );
    expect(settings.map(({ setting }) => setting)).toEqual(['', 'UTF8', 'on']);
    expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'postgres-password')).mode & 0o777).toBe(0o600);
  } finally {
    await server.stop();
  }
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('takes a free TCP port where the path is too long for a socket, and a password there', async () => {
  const folder = newFolder('long-'.padEnd(100, 'x'));
  const server = await EmbeddedServer.start(folder);
  try {
    const { port, password } = new URL(server.url);
    expect(port).not.toBe('5432');
    expect(password.length).toBeGreaterThan(30);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(query({ url: server.url.replace(password, 'wrong') } as EmbeddedServer, 'select 1')).rejects.toThrow(
      /password/,
    );
  } finally {
    await server.stop();
  }
});

(asRoot ? test : test.skip)('as root lives elsewhere where its user cannot enter, and comes back there', async () => {
  const folder = newFolder('closed-', 0o700);
  const first = await EmbeddedServer.start(folder);
  await query(first, 'create table kept (id int)');
  await first.stop();
  const second = await EmbeddedServer.start(folder);
  expect(await query(second, 'select * from kept')).toEqual([]);
  await second.stop();
});

describe('a folder with an application', () => {
  const folder = newFolder('shared-');

  test('a second copy on the same folder is told so; a short command joins the first one’s server', async () => {
    const server = await EmbeddedServer.start(folder);
    try {
      await expect(EmbeddedServer.start(folder)).rejects.toThrow(FolderInUse);
      const joined = await EmbeddedServer.join(folder);
      expect(joined.url).toBe(server.url);
      await joined.stop();
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
  });

  test('after kill -9 of the application the next start adopts its server', async () => {
    const child = await startElsewhere(folder);
    const pid = pidIn(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await EmbeddedServer.start(folder);
    expect(pidIn(folder)).toBe(pid);
    await server.stop();
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  test('after kill -9 of both, locks that name a living stranger do not stop the next start', async () => {
    const child = await startElsewhere(folder);
    const pid = pidIn(folder);
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await once(child, 'exit');
    const pidFile = join(folder, 'postgres', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
    writeFileSync(join(folder, 'app.lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    const server = await EmbeddedServer.start(folder);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });
});

test('a start that was cut off leaves nothing in the way of the next', async () => {
  const folder = newFolder('half-');
  mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true });
  const server = await EmbeddedServer.start(folder);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
});

test('a folder with something else in it is left alone', async () => {
  const folder = newFolder('other-');
  mkdirSync(join(folder, 'postgres', 'photos'), { recursive: true });
  await expect(EmbeddedServer.start(folder)).rejects.toThrow(/nothing there is touched/);
  expect(existsSync(join(folder, 'postgres', 'photos'))).toBe(true);
});
