import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** Why a folder cannot be used: `tasks:folder.<code>`. */
export class FolderFault extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export interface Arrival {
  name: string;
  bytes: number;
  /** Changes with the file. */
  stamp: string;
}

const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;
const FOLDERS = ['out', 'in', 'in/done', 'in/faulty'] as const;
const MOST_ARRIVALS = 100;
const LONGEST_NAME = 200;
const CODE = /^[a-z][a-z0-9_]{1,30}$/;
const READABLE_BY_GROUP = 0o640;

/**
 * An operator's folder, which an SFTP server serves to it: `out` for files of tasks, `in` for answers. Whatever the operator
 * puts there is a plain file or nothing to us: no link is followed.
 */
export class ExchangeFolder {
  private constructor(private readonly home: string) {}

  /** Makes what is missing. Throws FolderFault, and the errors of the file system. */
  static async open(root: string, code: string): Promise<ExchangeFolder> {
    if (!CODE.test(code)) throw new FolderFault('name');
    const home = join(await realpath(root), code);
    for (const path of [home, ...FOLDERS.map((folder) => join(home, folder))]) await expectFolder(path);
    return new ExchangeFolder(home);
  }

  /** Under a name of its own until all of it is on the disk: whoever looks sees the whole file or none. */
  async lay(name: string, bytes: Uint8Array): Promise<void> {
    const [draft, path] = [this.at('out', `.${name}.part`), this.at('out', name)];
    const file = await open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, READABLE_BY_GROUP);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(this.at('out'));
  }

  /** Plain files named `*.csv`, in the order of their names; the first hundred. */
  async arrivals(): Promise<Arrival[]> {
    const entries = await readdir(this.at('in'), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && isArrival(entry.name)).map(({ name }) => name);
    const found: Arrival[] = [];
    for (const name of names.sort().slice(0, MOST_ARRIVALS)) {
      const known = await lstat(this.at('in', name)).catch(unlessGone);
      if (known?.isFile()) found.push({ name, bytes: known.size, stamp: stampOf(known) });
    }
    return found;
  }

  /** Null where it is no longer what it was. */
  async read({ name, stamp }: Arrival): Promise<Buffer | null> {
    const file = await open(this.at('in', name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(unlessGone);
    if (!file) return null;
    try {
      const before = await file.stat();
      if (!before.isFile() || stampOf(before) !== stamp) return null;
      const bytes = await file.readFile();
      return stampOf(await file.stat()) === stamp ? bytes : null;
    } finally {
      await file.close();
    }
  }

  /** Out of the way, under a name that nothing there has; left where it is if it has changed meanwhile. */
  async settle({ name, stamp }: Arrival, as: 'done' | 'faulty'): Promise<void> {
    const known = await lstat(this.at('in', name)).catch(unlessGone);
    if (!known?.isFile() || stampOf(known) !== stamp) return;
    for (let copy = 0; ; copy++) {
      const free = copy === 0 ? name : name.replace(/\.csv$/i, `-${copy}$&`);
      const path = this.at(`in/${as}`, free);
      const taken = await lstat(path).catch(unlessGone);
      if (taken) continue;
      await rename(this.at('in', name), path).catch(unlessGone);
      return;
    }
  }

  private at(folder: (typeof FOLDERS)[number], name = ''): string {
    return join(this.home, folder, name);
  }
}

/** `.part` and hidden names are files on their way. */
function isArrival(name: string): boolean {
  return /\.csv$/i.test(name) && !name.startsWith('.') && name.length <= LONGEST_NAME && /^\P{C}+$/u.test(name);
}

/** Another process has moved it, or the operator has taken it back or put a link in its place. */
function unlessGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
  throw error;
}

function stampOf({ size, mtimeMs, ino }: { size: number; mtimeMs: number; ino: number }): string {
  return `${ino}:${size}:${mtimeMs}`;
}

async function expectFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new FolderFault('link');
}

/** The new name is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, O_RDONLY);
  await folder.sync().finally(() => folder.close());
}
