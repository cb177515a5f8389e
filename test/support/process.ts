import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostmaster, stopPostmaster } from '../../src/infra/embedded/postmaster.js';
import { eventually } from './eventually.js';
import { freePort } from './postgres.js';

export interface ProductOptions {
  /** `all` brings its own embedded database unless `databaseUrl` is given. */
  role?: 'all' | 'web' | 'worker';
  databaseUrl?: string;
  /** Given to several processes of one installation; else each has its own, gone after the test. */
  dataDir?: string;
  secret?: string;
  env?: Record<string, string>;
}

/** The built product as a process of its own, as an operator would run it. */
export class ProductProcess {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly url: string,
    private readonly role: string,
    private readonly dataDir: string,
    private readonly env: Record<string, string | undefined>,
  ) {}

  /** Starts it and waits until it is ready. */
  static async start(options: ProductOptions = {}): Promise<ProductProcess> {
    const { role = 'all', databaseUrl, secret = newSecret(), env = {} } = options;
    const dataDir = options.dataDir ?? newDataDir();
    const port = await freePort();
    const product = new ProductProcess(`http://127.0.0.1:${port}`, role, dataDir, {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      PORT: String(port),
      DATA_DIR: dataDir,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl, SECRET: secret } : {}),
      ...(process.env.TEST_REDIS_URL
        ? { REDIS_URL: `${process.env.TEST_REDIS_URL}/${process.env.JEST_WORKER_ID ?? '0'}` }
        : {}),
      ...env,
    });
    await product.launch();
    return product;
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('not running');
    return this.child.pid;
  }

  get log(): string {
    return this.output;
  }

  /** `kill -9`: nothing gets the chance to tidy up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As an operator stops it; the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Starts it again on the same port, data folder and database. */
  async restart(): Promise<void> {
    await this.end('SIGTERM');
    await this.launch();
  }

  /** Stops it and takes its data folder away, with a database server that outlived a `kill`. */
  async remove(): Promise<void> {
    await this.end('SIGTERM');
    const leftOver = findPostmaster(join(this.dataDir, 'postgres'));
    if (leftOver) await stopPostmaster(leftOver.pid);
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private async launch(): Promise<void> {
    const args = this.role === 'all' ? ['dist/main.js'] : ['dist/main.js', this.role];
    const child = spawn(process.execPath, args, { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => (this.output += piece.toString()));
    }
    await eventually(() => this.ready(child), 60_000);
  }

  private async ready(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null) throw new Error(`the ${this.role} process ended:\n${this.output}`);
    const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
    if (answer?.status !== 200) throw new Error(`the ${this.role} process is not ready:\n${this.output}`);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    this.child = undefined;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  }
}

/** A secret for several processes of one installation. */
export function newSecret(): string {
  return randomBytes(48).toString('base64url');
}

/** A folder that the embedded database's own user may enter. */
function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smartcard-test-data-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Starts processes for a test file and removes them after its last test. */
export function useProcesses(): { start(options?: ProductOptions): Promise<ProductProcess> } {
  const started: ProductProcess[] = [];
  afterAll(async () => {
    await Promise.all(started.map((product) => product.remove()));
  });
  return {
    async start(options) {
      const product = await ProductProcess.start(options);
      started.push(product);
      return product;
    },
  };
}
