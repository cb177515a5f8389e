// Imports nothing at the top: an older Node must get this far to say what it lacks.
const NEEDED = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  process.stderr.write(
    `This needs Node ${NEEDED} or later, and runs on ${process.version}. npm scripts bring their own: npm start, npm run web.\n`,
  );
  process.exit(1);
}

const { run } = await import('./start/run.js');
await run(process.argv.slice(2));

export {};
