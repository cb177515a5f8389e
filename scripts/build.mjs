// Compiles src/ into dist/: only what changed, and each file moved into place whole, so that several processes may
// build and start at once. Then what browsers fetch.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const SOURCE = 'src';
const TARGET = 'dist';
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const filesIn = (folder, end) =>
  readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(end) && !path.endsWith('.spec.ts'));

const rulesChangedAt = Math.max(changedAt('.swcrc'), changedAt('package-lock.json'), changedAt(import.meta.filename));
const sources = filesIn(SOURCE, '.ts');
const outdated = sources.filter((path) => {
  const builtAt = changedAt(outputOf(path));
  return builtAt <= changedAt(join(SOURCE, path)) || builtAt <= rulesChangedAt;
});

if (outdated.length > 0) {
  const { transformFile } = await import('@swc/core');
  await Promise.all(outdated.map((path) => compile(transformFile, path)));
}
removeOrphans();
await import('./build-assets.mjs');

function outputOf(path) {
  return join(TARGET, path.replace(/\.ts$/, '.js'));
}

async function compile(transformFile, path) {
  const output = outputOf(path);
  const { code, map } = await transformFile(join(SOURCE, path), {
    sourceFileName: relative(dirname(output), join(SOURCE, path)),
  });
  mkdirSync(dirname(output), { recursive: true });
  write(`${output}.map`, map);
  write(output, `${code}//# sourceMappingURL=${basename(output)}.map\n`);
}

function write(path, text) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

function removeOrphans() {
  const known = new Set(sources.map(outputOf));
  for (const found of filesIn(TARGET, '.js')) {
    const path = join(TARGET, found);
    // Made by build-assets.mjs.
    if (found.startsWith('public')) continue;
    if (!known.has(path)) for (const file of [path, `${path}.map`]) rmSync(file, { force: true });
  }
}
