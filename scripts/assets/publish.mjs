import { renameSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(css|js|svg|txt|webmanifest)$/;

/** Writes the file, and beside a text its `.br` and `.gz`; each moved into place whole, since several processes may build at once. */
export function publish(path, contents) {
  if (TEXT.test(path)) {
    write(`${path}.gz`, gzipSync(contents, { level: 9 }));
    write(`${path}.br`, brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  write(path, contents);
}

function write(path, contents) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
