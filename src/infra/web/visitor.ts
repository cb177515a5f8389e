import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { cookieOf, type Cookies } from './cookies.js';
import { sign, unsign } from './signed-cookie.js';

const PURPOSE = 'visitor';
const visitors = new WeakMap<Request, string>();

/** Knows a browser without a session row: its forms' tokens and one-time codes are bound to this signed random cookie. */
export class Visitors {
  constructor(
    private readonly cookies: Cookies,
    private readonly secret: Buffer,
  ) {}

  known(req: Request): string | null {
    return visitors.get(req) ?? unsign(cookieOf(req, this.cookies.visitor), PURPOSE, this.secret);
  }

  /** The browser's id, given to it with this answer where it has none yet. */
  recognise(req: Request, res: Response): string {
    const known = this.known(req);
    if (known) return known;
    const id = randomBytes(18).toString('base64url');
    visitors.set(req, id);
    res.cookie(this.cookies.visitor, sign(id, PURPOSE, this.secret), this.cookies.options);
    return id;
  }
}
