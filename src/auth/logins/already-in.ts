import type { RequestHandler } from 'express';
import { safeBack } from '../../infra/web/safe-back.js';

/** Whoever is in already needs no log-in page. */
export const alreadyIn: RequestHandler = (req, res, next) => {
  if (req.viewer?.kind !== 'customer') return next();
  res.redirect(303, safeBack(req.query['back'], '/cabinet'));
};
