import { renameSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What gains by it. */
const TEXT = /\.(css|js|svg|txt|wasm|webmanifest)$/;

/** Puts the file in place, and beside a text its `.br` and `.gz`. */
export function publish(path, contents) {
  if (TEXT.test(path)) {
    put(`${path}.gz`, gzipSync(contents, { level: 9 }));
    put(`${path}.br`, brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  put(path, contents);
}

/** Writes beside and moves into place whole: several processes may build at once. */
export function put(path, contents) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
