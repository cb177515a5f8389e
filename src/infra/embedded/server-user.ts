import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The system user a PostgreSQL server runs as, where we are root: it refuses to run as root itself. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** Undefined where this process is an ordinary user, whose own server it will be. */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid > 0);
    if (user) return user;
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres, nobody or daemon to run it as.');
}

/** Asks the system itself, so that every parent folder, group and access list counts. */
export function canRun(user: ServerUser, program: string): boolean {
  return trial(user, 'test -x "$0"', program);
}

export function canEnter(user: ServerUser, folder: string): boolean {
  return trial(user, 'cd "$0"', folder);
}

function trial(user: ServerUser, command: string, path: string): boolean {
  const { uid, gid } = user;
  return spawnSync('/bin/sh', ['-c', command, path], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** How the programs of the server are run. */
export function identity(user: ServerUser | undefined): {
  cwd: string;
  uid?: number;
  gid?: number;
  env: NodeJS.ProcessEnv;
} {
  // Nothing of our own environment: it holds secrets, and PGDATA or LC_ALL would change what the server does.
  return {
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  };
}
