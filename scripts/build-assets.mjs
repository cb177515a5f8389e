// Makes dist/public: bundles, fonts, icons and their hashed names, compressed once for all readers.
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { fingerprintOf, isFresh, keepFingerprint } from './assets/fingerprint.mjs';
import { fontCutter } from './assets/fonts.mjs';
import { drawSprite } from './assets/icons.mjs';
import { publish, put } from './assets/publish.mjs';

const OUT = 'dist/public';
const ASSETS = join(OUT, 'assets');
const SPRITE = 'dist/icons.svg';

mkdirSync('dist', { recursive: true });
put(SPRITE, drawSprite());
const fingerprint = fingerprintOf([
  SPRITE,
  ...globSync('{public,scripts/assets}/**/*.*'),
  'package-lock.json',
  import.meta.filename,
]);
if (!isFresh(OUT, fingerprint)) await makeAll();

async function makeAll() {
  mkdirSync(ASSETS, { recursive: true });
  const { metafile, outputFiles } = await build({
    write: false,
    // Every file at the top of these folders is a bundle of its own; what they share stands in parts/.
    entryPoints: [
      ...globSync('public/{styles,scripts}/*.{css,js}').map((path) => ({
        in: path,
        out: basename(path).replace(/\.\w+$/, ''),
      })),
      { in: SPRITE, out: 'icons' },
    ],
    outdir: ASSETS,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    loader: { '.woff2': 'file', '.svg': 'copy', '.wasm': 'file' },
    logLevel: 'warning',
    plugins: [fontCutter],
  });
  for (const { path, contents } of outputFiles) publish(path, contents);
  for (const path of globSync('public/root/*')) publish(join(OUT, basename(path)), readFileSync(path));
  put('dist/assets.json', JSON.stringify(namesOf(metafile), null, 2));
  keepFingerprint(OUT, fingerprint);
}

/** `customer.css` → `customer-4F3A9C.css` */
function namesOf({ outputs }) {
  const files = Object.keys(outputs).map((path) => basename(path));
  return Object.fromEntries(files.map((file) => [file.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ''), file]));
}
