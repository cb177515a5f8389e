import { useDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { newSecret, useProcesses } from '../support/process.js';

const READY = 200;

async function statusOf(url: string): Promise<number | undefined> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  return answer?.status;
}

describe('processes of the built product', () => {
  const database = useDatabase();
  const processes = useProcesses();

  it('run side by side on one database', async () => {
    const shared = { databaseUrl: database.url, secret: newSecret() };
    const [first, second, worker] = await Promise.all([
      processes.start({ role: 'web', ...shared }),
      processes.start({ role: 'web', ...shared }),
      processes.start({ role: 'worker', ...shared }),
    ]);
    expect(await statusOf(first.url)).toBe(READY);
    await second.kill();
    expect(await statusOf(second.url)).toBeUndefined();
    expect(await worker.stop()).toBe(0);
    expect(await first.stop()).toBe(0);
  }, 120_000);

  it('survive kill -9 with their embedded database', async () => {
    const product = await processes.start({ env: { DEMO: '0' } });
    await product.kill();
    await product.restart();
    await eventually(async () => expect(await statusOf(product.url)).toBe(READY));
    expect(await product.stop()).toBe(0);
  }, 120_000);
});
