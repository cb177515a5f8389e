import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { useApp } from '../support/app.js';

const run = promisify(execFile);

describe('the conformance run that programmers of tills are given', () => {
  // The demo tells the run what time it is.
  const app = useApp({ env: { DEMO: '1' } });

  it('finds every rule kept', async () => {
    const till = await app.world.openTill();
    const [printed = ''] = await app.world.printCards(1);
    const active = await app.world.activeCard(till);
    const args = ['docs/pos/conformance.mjs', app.url, till.terminalKey, printed, active.number];
    const { stdout } = await run(process.execPath, args).catch((error: { stdout: string }) => error);
    expect(stdout.split('\n').filter((line) => line.includes('НЕТ'))).toEqual([]);
    expect(stdout).toContain('Всё по правилам.');
  });
});
