/** One page of a list that is read by its key, not by counting rows: as fast at the end as at the front. */
export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
}

const part = {
  time: /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([+-]\d{2}(:?\d{2})?|Z)$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  number: /^\d{1,18}$/,
  text: /^[^\0]{0,200}$/,
} as const;
export type KeyPart = keyof typeof part;

/** Reads one row more than a page holds, to know whether there is another page. */
export function pageOf<Row>(found: Row[], size: number, keyOf: (row: Row) => readonly (string | number)[]): Page<Row> {
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: found.length > size && last ? writeKey(keyOf(last)) : null };
}

export function writeKey(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values.map(String))).toString('base64url');
}

/** The key in an address, or null where someone wrote it by hand: the list then begins at the front. */
export function readKey(text: unknown, parts: readonly KeyPart[]): string[] | null {
  if (typeof text !== 'string' || text.length > 1000) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(values) || values.length !== parts.length) return null;
    const fits = parts.every((kind, i) => typeof values[i] === 'string' && part[kind].test(values[i]));
    return fits ? (values as string[]) : null;
  } catch {
    return null;
  }
}
