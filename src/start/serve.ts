import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import type { Config } from '../infra/config/config.js';
import { EmbeddedServer } from '../infra/embedded/embedded-server.js';
import { Readiness } from '../infra/health/readiness.js';
import { StartHooks } from '../infra/start/start-hooks.js';
import { drain } from './drain.js';
import { StartFault } from './start-fault.js';
import { Stopped, StopSignal } from './stop-signal.js';

/** A stop that hangs all the same ends like this; a container's patience is usually a little longer. */
const LONGEST_STOP_MS = 60_000;

type Closer = () => Promise<void>;

/** Runs web, worker or both until a signal, then takes everything down in the reverse order of its coming up. */
export async function serve(config: Config): Promise<number> {
  const signal = new StopSignal();
  const closers: Closer[] = [];
  try {
    await start(config, signal, closers);
    await signal.received;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    for (const close of closers.reverse()) await close();
  }
  return 0;
}

async function start(given: Config, signal: StopSignal, closers: Closer[]): Promise<void> {
  // Reading the application's code takes about as long as starting the database: both at once.
  const code = import('./application.js');
  // Its failure is seen where it is awaited, even if the database fails before.
  code.catch(() => undefined);
  const config = await withDatabase(given, closers);
  signal.check();
  const { bringUp } = await code;
  const app = await bringUp(config, closers);
  signal.check();
  const hooks = app.get(StartHooks);
  if (config.role === 'all') await hooks.beforeListening();
  signal.check();
  await listen(app, config);
  closers.push(() => drain(app.getHttpServer()));
  closers.push(async () => app.get(Readiness, { strict: false }).stop());
  if (config.role === 'all') announce(config, app, await hooks.banner());
}

async function withDatabase(config: Config, closers: Closer[]): Promise<Config> {
  if (!config.embedded) return config;
  const server = await EmbeddedServer.start(config.dataDir);
  closers.push(() => server.stop());
  return config.with({ databaseUrl: server.url });
}

async function listen(app: NestExpressApplication, { port, host }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new StartFault(`Port ${port} is taken. Stop what uses it or set another PORT.`);
    if (code === 'EACCES') throw new StartFault(`Port ${port} is not allowed to this user. Set a PORT above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new StartFault(`HOST ${host} is not of this machine.`);
    throw error;
  }
}

function announce(config: Config, app: NestExpressApplication, lines: readonly string[]): void {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl;
  const addresses = [
    `${config.brand.name}: ${url}`,
    `  cabinet      ${url}/cabinet`,
    `  back office  ${url}/admin`,
    `  POS API      ${url}/api/docs`,
  ];
  process.stdout.write(`\n${[...addresses, ...lines].join('\n')}\n\n`);
}
