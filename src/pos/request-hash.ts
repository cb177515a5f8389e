import { hash } from 'node:crypto';
import { DEEPEST } from './body-shape.js';

/**
 * What an Idempotency-Key is bound to: method, path and the parsed body, whatever the order of its keys and its spacing.
 * No body and an empty one are the same.
 */
export function requestHash(method: string, path: string, body: unknown): Buffer {
  return hash('sha256', `${method}\n${path}\n${canonical(body ?? {}, 0)}`, 'buffer');
}

function canonical(value: unknown, level: number): string {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  // Such a body is never accepted, so its hash has to differ only from those of bodies that were: the mark is no JSON.
  if (level >= DEEPEST) {
    return '…';
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonical(item, level + 1)).join(',')}]`;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member, level + 1)}`).join(',')}}`;
}
