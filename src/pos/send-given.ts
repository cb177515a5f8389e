import type { Response } from 'express';
import type { GivenAnswer } from './keyed-writes.service.js';

/** Sends an answer byte for byte as it was first given. */
export function sendGiven(res: Response, { status, text, replayed }: GivenAnswer): void {
  if (replayed) {
    res.setHeader('Idempotent-Replayed', 'true');
  }
  res.statusCode = status;
  res.setHeader('Content-Type', `application/${status < 300 ? 'json' : 'problem+json'}; charset=utf-8`);
  res.setHeader('Content-Length', Buffer.byteLength(text));
  // Not by Express, which would digest the text for an ETag that no till asks for.
  res.end(text);
}
