/** Seed and size of generated tests; the seed is printed, so that any run can be repeated with SEED=<number>. */
export function generated(name: string, numRuns: number): { seed: number; numRuns: number } {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${name}: ${numRuns} runs, SEED=${seed}\n`);
  return { seed, numRuns };
}
