import { Batcher } from './batcher.js';

describe('Batcher', () => {
  it('works what arrives together as one batch, and what comes later behind it', async () => {
    const batches: number[][] = [];
    const gates: (() => void)[] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        batches.push(items);
        await new Promise<void>((resolve) => gates.push(resolve));
        return items.map((item) => item * 10);
      },
      { maxSize: 3, inFlight: 1 },
    );
    const answers = [1, 2, 3, 4, 5].map((item) => batcher.run(item));
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([[1, 2, 3]]);
    gates[0]!();
    expect(await Promise.all(answers.slice(0, 3))).toEqual([10, 20, 30]);
    await new Promise((resolve) => setImmediate(resolve));
    gates[1]!();
    expect(await Promise.all(answers.slice(3))).toEqual([40, 50]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('fails one item alone, or all when the work itself fails', async () => {
    const batcher = new Batcher<number, number>(
      async (items) => {
        if (items.includes(13)) {
          throw new Error('all');
        }
        return items.map((item) => (item < 0 ? new Error('one') : item));
      },
      { maxSize: 10, inFlight: 2 },
    );
    const settled = await Promise.allSettled([1, -1, 2].map((item) => batcher.run(item)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(Promise.all([batcher.run(13), batcher.run(1)])).rejects.toThrow('all');
    await expect(batcher.run(5)).resolves.toBe(5);
  });
});
