import type { RequestHandler } from 'express';
import { isPrivate } from './areas.js';

/** Pages hold the reader's token: no shared cache keeps any of them, and no cache at all a private one. */
export const cacheControl: RequestHandler = (req, res, next) => {
  res.setHeader('Cache-Control', isPrivate(req.path) ? 'no-store' : 'private, no-cache');
  res.vary('Cookie');
  next();
};
