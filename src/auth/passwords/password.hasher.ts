import { hash, verify } from '@node-rs/argon2';

/** OWASP's least for argon2id (the package's default algorithm): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

/**
 * Whether the password fits. Where there is no hash (nobody with this phone, or no password set) another one is checked
 * all the same, so that the answer takes as long.
 */
export async function passwordFits(storedHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await verify(storedHash ?? (await decoy), password.normalize('NFC'));
  return fits && storedHash != null;
}
