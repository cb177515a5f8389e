import { doubleCsrf } from 'csrf-csrf';
import { ForbiddenException } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import type { Cookies } from './cookies.js';
import { refererPath } from './safe-back.js';
import { isPrivate } from './areas.js';
import { logInPath } from './log-in-path.js';
import type { Visitors } from './visitor.js';
import './request.js';

/** Machines prove themselves by keys and signatures, the way out of mailings by a signed link; the demo's tools by standing on loopback. */
const EXEMPT = /^\/(api|webhooks|dev|mail\/unsubscribe)\//;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a form without a valid token is refused with. */
export class StaleForm extends ForbiddenException {
  readonly code = 'stale_form';
}

/**
 * Two locks: the browser's own word on where a request comes from, and a signed token in every form, bound to the session
 * or, for strangers, to their visitor cookie (no session row is made for them).
 */
export function csrf(cookies: Cookies, visitors: Visitors, secret: string): RequestHandler {
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => ownerOf(req, visitors),
    cookieName: cookies.csrf,
    cookieOptions: cookies.options,
    getCsrfTokenFromRequest: tokenOf,
  });
  const tokenFor = (req: Request, res: Response): string => {
    if (!req.session?.kind) visitors.recognise(req, res);
    return generateCsrfToken(req, res);
  };
  return (req, res, next) => {
    let token: string | undefined;
    req.formToken = () => (token ??= tokenFor(req, res));
    if (SAFE_METHODS.has(req.method)) return next();
    if (!isSameOrigin(req)) return next(new StaleForm());
    if (EXEMPT.test(req.path) || validateRequest(req)) return next();
    const logIn = wayBackIn(req);
    return logIn ? res.redirect(303, logIn) : next(new StaleForm());
  };
}

function ownerOf(req: Request, visitors: Visitors): string {
  return req.session?.kind ? `session:${req.sessionID}` : `visitor:${visitors.known(req) ?? ''}`;
}

function tokenOf(req: Request): string | undefined {
  const typed = (req.body as { _csrf?: unknown } | undefined)?._csrf || req.headers['x-csrf-token'];
  return typeof typed === 'string' ? typed : undefined;
}

/** Old browsers send no Sec-Fetch-Site; programs send neither, and have no cookies worth stealing. */
function isSameOrigin(req: Request): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site) return site === 'same-origin' || site === 'none';
  const { origin, host } = req.headers;
  return !origin || (URL.canParse(origin) && new URL(origin).host === host);
}

/** A private form sent after its session ended leads to the log-in; what was typed waits in the browser. */
function wayBackIn(req: Request): string | null {
  const page = refererPath(req.headers.referer, req.headers.host);
  return req.sessionEnded && page && isPrivate(page) ? logInPath(req, page) : null;
}
