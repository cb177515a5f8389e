import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { keptSecret } from '../config/secret.js';
import type { Places } from './places.js';
import { identity, type ServerUser } from './server-user.js';

const MAJOR_VERSION = '18';

/** Written aside and moved into place, so that a start that was cut off leaves nothing half made. */
export function createCluster({ data, initdb }: Places, dataDir: string, user: ServerUser | undefined): void {
  if (existsSync(data) && readdirSync(data).length > 0) {
    throw new Error(`${data} holds something else than a PostgreSQL cluster; nothing there is touched.`);
  }
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

export function refuseOtherVersion(data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(`${data} belongs to PostgreSQL ${version}; this is ${MAJOR_VERSION}. Dump and restore it first.`);
  }
}
