import { parse } from 'node:querystring';

/** Of what nobody can see, all but tabs and ends of lines: PostgreSQL keeps no NUL, and the rest turns words around. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
/** A password is what was typed, however odd; no keyboard types a NUL. */
const SECRET = /password/i;

/** Fields of a form or an address without characters that cannot be seen. */
export function cleanFields<Fields extends object>(fields: Fields): Fields {
  for (const [name, value] of Object.entries(fields)) {
    const unseen = SECRET.test(name) ? /\0/g : UNSEEN;
    (fields as Record<string, unknown>)[name] = Array.isArray(value)
      ? value.map((each: unknown) => without(unseen, each))
      : without(unseen, value);
  }
  return fields;
}

/** For Express: the query as its «simple» parser reads it, cleaned. */
export function parseQuery(query: string): object {
  return cleanFields(parse(query));
}

function without(unseen: RegExp, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(unseen, '') : value;
}
