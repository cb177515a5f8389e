import type { Request } from 'express';
import { areaOf } from './areas.js';

/** The log-in that an address belongs to, with the way back and, where a session ran out, a word about it. */
export function logInPath(req: Request, back: string): string {
  const door = areaOf(req.path) === 'staff' ? '/admin/session/new' : '/session/new';
  const query = new URLSearchParams({ ...(req.sessionEnded && { ended: '1' }), back });
  return `${door}?${query.toString()}`;
}
