import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.js';

/** Where `npm run build` puts what browsers fetch. */
export const PUBLIC = join(ROOT, 'dist', 'public');

const manifest = readManifest();

/** The hashed address of a built file: `assetPath('site.css')` is `/assets/site-4F3A9C.css`. */
export function assetPath(name: string): string {
  return `/assets/${manifest[name] ?? name}`;
}

/** Tests of pages run without a build; their assets keep plain names. */
function readManifest(): Record<string, string> {
  const path = join(ROOT, 'dist', 'assets.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}
