import type { Response } from 'express';
import type { GivenAnswer } from './keyed-writes.service.js';

/** Sends an answer byte for byte as it was first given. */
export function sendGiven(res: Response, { status, text, replayed }: GivenAnswer): void {
  if (replayed) {
    res.setHeader('Idempotent-Replayed', 'true');
  }
  res
    .status(status)
    .type(status < 300 ? 'application/json' : 'application/problem+json')
    .send(text);
}
