// The product with reload: builds, starts, and does both again when a source changes.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'chokidar';

let child;
let again = false;
let timer;

function start() {
  const built = spawnSync('node', ['scripts/build.mjs'], { stdio: 'inherit' });
  if (built.status !== 0) return;
  again = false;
  child = spawn('node', ['--enable-source-maps', 'dist/main.js'], { stdio: 'inherit' });
  child.once('exit', () => {
    child = undefined;
    if (again) start();
  });
}

function restart() {
  again = true;
  if (child) child.kill('SIGTERM');
  else start();
}

watch(['src', 'views', 'public', 'locales', 'migrations'], { ignoreInitial: true, ignored: /\.spec\.ts$/ }).on(
  'all',
  () => {
    clearTimeout(timer);
    timer = setTimeout(restart, 200);
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    again = false;
    if (!child) process.exit(0);
    child.once('exit', () => process.exit(0));
    child.kill('SIGTERM');
  });
}
start();
