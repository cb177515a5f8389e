export type ProofType = 'image/png' | 'image/jpeg' | 'application/pdf';

const BEGINNINGS: readonly [ProofType, readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What a file is by its first bytes, whatever it is called; null for anything that is no proof. */
export function proofType(bytes: Uint8Array): ProofType | null {
  return BEGINNINGS.find(([, beginning]) => beginning.every((byte, place) => bytes[place] === byte))?.[0] ?? null;
}
