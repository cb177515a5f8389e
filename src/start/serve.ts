import type { Config } from '../infra/config/config.js';
import { EmbeddedServer } from '../infra/embedded/embedded-server.js';
import { refuseTakenPort } from './port.js';
import { Stopped, StopSignal } from './stop-signal.js';

/** A stop that hangs all the same ends like this; a container's patience is usually a little longer. */
const LONGEST_STOP_MS = 60_000;

export type Closer = () => Promise<void>;

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

async function start(config: Config, signal: StopSignal, closers: Closer[]): Promise<void> {
  // Reading the application's code takes longer than starting the database: both at once.
  const code = import('./application.js');
  // Its failure is seen where it is awaited, even if the database fails before.
  code.catch(() => undefined);
  const ready = await withDatabase(config, closers);
  await refuseTakenPort(config.port, config.host);
  signal.check();
  const { bringUp } = await code;
  await bringUp(ready, signal, closers);
}

async function withDatabase(config: Config, closers: Closer[]): Promise<Config> {
  if (!config.embedded) return config;
  const server = await EmbeddedServer.start(config.dataDir);
  closers.push(() => server.stop());
  return config.with({ databaseUrl: server.url });
}
