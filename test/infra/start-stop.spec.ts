import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/postgres.js';

const PATIENCE_MS = 120_000;

const folders: string[] = [];

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-stop-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** `npm start` as somebody types it: npm, its shell and ours in one process group. */
class Npm {
  static readonly started: Npm[] = [];
  output = '';
  private readonly ended: Promise<unknown[]>;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece) => (this.output += String(piece)));
    this.ended = once(child, 'exit');
    Npm.started.push(this);
  }

  static async start(dataDir: string, port?: number): Promise<Npm> {
    const chosen = port ?? (await freePort());
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, DATA_DIR: dataDir, PORT: String(chosen), DEMO: '0' };
    return new Npm(spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }), chosen);
  }

  async ready(): Promise<void> {
    await eventually(async () => {
      if (this.child.exitCode !== null) throw new Error(this.output);
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.status !== 200) throw new Error(`not ready: ${this.output}`);
    }, 90_000);
  }

  signal(name: NodeJS.Signals, whom: 'npm' | 'group'): void {
    process.kill(whom === 'group' ? -this.child.pid! : this.child.pid!, name);
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.signal('SIGTERM', 'group');
    await this.ended;
  }

  async exitCode(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }
}

afterAll(async () => {
  // Only where a test failed is there anything left to stop.
  await Promise.all(Npm.started.map((npm) => npm.end()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe('npm start', () => {
  const dataDir = newDataDir();

  test.each([
    ['SIGTERM to npm', [['SIGTERM', 'npm']]],
    ['Ctrl+C, which the whole group gets', [['SIGINT', 'group']]],
    [
      'Ctrl+C twice',
      [
        ['SIGINT', 'group'],
        ['SIGINT', 'group'],
      ],
    ],
    [
      'SIGTERM to npm and then to its group',
      [
        ['SIGTERM', 'npm'],
        ['SIGTERM', 'group'],
      ],
    ],
  ] as const)(
    'is stopped cleanly by %s',
    async (_title, signals) => {
      const npm = await Npm.start(dataDir);
      await npm.ready();
      for (const [name, whom] of signals) npm.signal(name, whom);
      expect(await npm.exitCode()).toBe(0);
      expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
      expect(existsSync(join(dataDir, 'app.lock'))).toBe(false);
    },
    PATIENCE_MS,
  );

  test(
    'runs beside another copy, and says what is wrong where it cannot',
    async () => {
      const [one, other] = await Promise.all([Npm.start(dataDir), Npm.start(newDataDir())]);
      await Promise.all([one.ready(), other.ready()]);
      const sameFolder = await Npm.start(dataDir);
      expect(await sameFolder.exitCode()).toBe(1);
      expect(sameFolder.output).toContain(`Another copy already runs in ${dataDir}`);
      const samePort = await Npm.start(newDataDir(), one.port);
      expect(await samePort.exitCode()).toBe(1);
      expect(samePort.output).toContain(`Port ${one.port} is taken`);
      for (const npm of [one, other]) npm.signal('SIGTERM', 'npm');
      expect(await Promise.all([one.exitCode(), other.exitCode()])).toEqual([0, 0]);
    },
    PATIENCE_MS,
  );
});
