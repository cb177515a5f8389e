import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFaults } from './setting-reader.js';

const SHORTEST = 32;
const EXAMPLE = /change.?me|example|secret|password|qwerty|123456|abcdef/i;

/** What is wrong with a secret, or nothing. */
export function secretFault(secret: string): string | undefined {
  if (secret.length < SHORTEST) return `SECRET must have at least ${SHORTEST} characters`;
  if (new Set(secret).size < 10 || EXAMPLE.test(secret)) {
    return 'SECRET is too easy to guess; make one with: openssl rand -base64 48';
  }
  return undefined;
}

/** The installation's own secret, made once and readable by its owner alone. Throws ConfigFaults where it cannot be kept. */
export function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(path)) writeOnce(path, `${randomBytes(48).toString('base64url')}\n`);
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigFaults([`DATA_DIR: cannot keep ${name} in ${dataDir} (${code})`]);
  }
}

/** Written aside and linked into place, so that nobody ever reads half a secret; whoever comes second changes nothing. */
function writeOnce(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
