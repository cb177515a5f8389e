import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HERE = import.meta.dirname;
const LOADER = join(HERE, '../test/support/typescript.mjs');
const MAIN = join(HERE, '../dist/main.js');
/** As `npm run web` and the image start it. */
const FLAGS = ['--enable-source-maps', '--max-semi-space-size=16', '--max-old-space-size=512'];
const SECRET = 'bench-bench-bench-bench-bench-bench-Kq7vXw2Zr9Lm4';
const READY_MS = 60_000;

/** Runs a script of the benchmark in a process of its own and answers what it printed. */
export async function runScript<Result>(script: string, orders: unknown): Promise<Result> {
  const child = spawn(process.execPath, ['--import', LOADER, join(HERE, script), JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(output) as Result;
}

export interface Server {
  port: number;
  stop(): Promise<void>;
}

/** Starts a script that prints its port and serves until it is ended. */
export async function startServer(script: string, orders: unknown): Promise<Server> {
  const child = spawn(process.execPath, ['--import', LOADER, join(HERE, script), JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
  if (!Buffer.isBuffer(line)) throw new Error(`${script} did not start`);
  const { port } = JSON.parse(line.toString()) as { port: number };
  return { port, stop: () => stop(child) };
}

/** The built product as a process of its own. */
export class Product {
  private constructor(
    readonly port: number,
    readonly environment: Record<string, string>,
    private readonly child: ChildProcess,
  ) {}

  static async start(
    role: 'web' | 'all',
    databaseUrl: string,
    dataDir: string,
    env: Record<string, string> = {},
  ): Promise<Product> {
    const port = await freePort();
    const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
    const environment = {
      ...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: String(port), SECRET },
      ...{ POS_RATE: '100000', POS_BURST: '100000', ...env },
    };
    const child = spawn(process.execPath, [...profile, ...FLAGS, MAIN, ...(role === 'web' ? ['web'] : [])], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    });
    const product = new Product(port, environment, child);
    await product.ready();
    return product;
  }

  /** Megabytes of resident memory, at their highest. */
  get peakMemory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  }

  async stop(): Promise<void> {
    await stop(this.child);
  }

  private async ready(): Promise<void> {
    for (const deadline = performance.now() + READY_MS; performance.now() < deadline; await sleep(100)) {
      if (this.child.exitCode !== null) throw new Error('the product did not start');
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return;
    }
    throw new Error('the product is not ready');
  }
}

/** Proves the books of a database as `npm run verify` does. */
export async function verify(databaseUrl: string, dataDir: string): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, 'verify'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
