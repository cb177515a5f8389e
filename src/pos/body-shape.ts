import type { FieldError } from '../shared/domain-error.js';

/** Far more than any receipt needs. */
export const DEEPEST = 20;
const MOST_ITEMS = 1000;
const MOST_FIELDS = 100;

/** What is wrong with a body's depth and size, found before anything is done with it: masses of nonsense cost little. */
export function shapeFault(body: object): FieldError | null {
  const found = faultIn(body, 0);
  if (!found) return null;
  const { way, ...fault } = found;
  return { ...fault, path: way.reduceRight(childPath, '') };
}

/** `way` leads there from the inside out: only a fault is worth a path. */
type Fault = Omit<FieldError, 'path'> & { way: string[] };

function faultIn(value: object, level: number): Fault | null {
  if (level >= DEEPEST) {
    return { way: [], code: 'too_deep' };
  }
  const names = Object.keys(value);
  const max = Array.isArray(value) ? MOST_ITEMS : MOST_FIELDS;
  if (names.length > max) {
    return { way: [], code: 'too_many', params: { max } };
  }
  // Deeper down this name would be called as if it were the object's own.
  if (level > 0 && names.includes('constructor')) {
    return { way: ['constructor'], code: 'invalid' };
  }
  for (const name of names) {
    const member = (value as Record<string, unknown>)[name];
    const fault = member !== null && typeof member === 'object' ? faultIn(member, level + 1) : null;
    if (fault) {
      fault.way.push(name);
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
