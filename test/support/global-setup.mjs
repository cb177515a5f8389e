import './typescript.mjs';

export default async function globalSetup() {
  const { startRun } = await import('./run.ts');
  globalThis.testRun = await startRun();
}
