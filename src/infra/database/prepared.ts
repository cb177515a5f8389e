import type { QueryConfig } from 'pg';

/** Beyond this many, texts are probably put together by a program; the server keeps what is prepared for good. */
const MOST = 500;
const names = new Map<string, string>();

/**
 * A statement with parameters as pg takes it: by name, so that every connection parses and plans it once. On the till's
 * path planning would take longer than the work itself.
 */
export function prepared(text: string, params: readonly unknown[]): QueryConfig {
  return { name: params.length > 0 ? nameOf(text) : undefined, text, values: [...params] };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}
