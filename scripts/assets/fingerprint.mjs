import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { put } from './publish.mjs';

const SUFFIX = '.fingerprint';

/** One hash of the names and contents of all files that assets are made from. */
export function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

/** Whether the folder was made from exactly these files: then a start need not make it again. */
export function isFresh(folder, fingerprint) {
  const path = folder + SUFFIX;
  return existsSync(folder) && existsSync(path) && readFileSync(path, 'utf8') === fingerprint;
}

export function keepFingerprint(folder, fingerprint) {
  put(folder + SUFFIX, fingerprint);
}
