import type { FieldError } from '../shared/domain-error.js';

/** Far more than any receipt needs. */
export const DEEPEST = 20;
const MOST_ITEMS = 1000;
const MOST_FIELDS = 100;

/** What is wrong with a body's depth and size, found before anything is done with it: masses of nonsense cost little. */
export function shapeFault(value: unknown, path = '', level = 0): FieldError | null {
  if (value === null || typeof value !== 'object') {
    return null;
  }
  if (level >= DEEPEST) {
    return { path, code: 'too_deep' };
  }
  const members = Object.entries(value);
  const max = Array.isArray(value) ? MOST_ITEMS : MOST_FIELDS;
  if (members.length > max) {
    return { path, code: 'too_many', params: { max } };
  }
  for (const [name, member] of members) {
    const fault = shapeFault(member, childPath(path, name), level + 1);
    if (fault) {
      return fault;
    }
  }
  return null;
}

/** `lines`, `lines[0]`, `lines[0].sum`. */
export function childPath(parent: string, name: string): string {
  if (/^\d+$/.test(name)) {
    return `${parent}[${name}]`;
  }
  return parent === '' ? name : `${parent}.${name}`;
}
