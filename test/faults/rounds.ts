/** How often a race is run: a few times with `npm test`, a thousand with RACE_ROUNDS=1000. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 50);

/** For a race whose one round is worth so many. */
export function raceRounds(worth = 1): number {
  return Math.ceil(ROUNDS / worth);
}

/** The same as a table of `it.each`. */
export function eachRound(worth: number): [number][] {
  return Array.from({ length: raceRounds(worth) }, (_, round) => [round + 1]);
}

/** A race may take so long; a quarter of a second a round is many times what it does. */
export const RACE_TIMEOUT_MS = 120_000 + 250 * ROUNDS;
