import { type Config, type Role, ROLES } from '../infra/config/config.js';
import { loadConfig, readEnvironment } from '../infra/config/load-config.js';
import { ConfigFaults } from '../infra/config/setting-reader.js';
import { FolderInUse } from '../infra/embedded/folder-lock.js';
import { serve } from './serve.js';
import { StartFault } from './start-fault.js';

// The commands are read when asked for: they bring the whole application, which a start reads beside its database.
const WORK: Record<Role, (config: Config, args: string[]) => Promise<number>> = {
  all: serve,
  web: serve,
  worker: serve,
  migrate: async (config) => (await import('./commands.js')).migrateOnly(config),
  verify: async (config) => (await import('./commands.js')).verify(config),
  admin: async (config, args) => (await import('./commands.js')).admin(config, args),
};

/** What `node dist/main.js [role]` does; the process ends when it has been done. */
export async function run([name = 'all', ...args]: string[]): Promise<never> {
  try {
    const role = ROLES.find((known) => known === name);
    if (!role) throw new StartFault(`“${name}” is not known. There are ${ROLES.join(', ')}.`);
    process.exit(await WORK[role](loadConfig(role, readEnvironment()), args));
  } catch (error) {
    const expected = error instanceof ConfigFaults || error instanceof FolderInUse || error instanceof StartFault;
    process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  }
}
