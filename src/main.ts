import { fileURLToPath } from 'node:url';

// Imports nothing of ours at the top: an older Node must get this far to say what it lacks.
const NEEDED = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  process.stderr.write(
    `This needs Node ${NEEDED} or later, and runs on ${process.version}. npm scripts bring their own: npm start, npm run web.\n`,
  );
  process.exit(1);
}

// Compiled code is kept beside the packages it came from: half of a start is reading code.
const { enableCompileCache } = await import('node:module');
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));

const { run } = await import('./start/run.js');
await run(process.argv.slice(2));

export {};
