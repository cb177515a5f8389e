import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** The installation's own secret, made once and readable by its owner alone. */
export function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Written aside and linked into place, so that nobody ever reads half a secret.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
