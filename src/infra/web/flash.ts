import type { Request, Response } from 'express';
import type { TextParams } from '../i18n/texts.js';
import { cookieOf, type Cookies } from './cookies.js';
import { sign, unsign } from './signed-cookie.js';

export type FlashKind = 'success' | 'notice' | 'error';

/** A short message for the next page: a text's key and what stands in it. */
export interface Flash {
  kind: FlashKind;
  key: string;
  params?: TextParams;
}

const PURPOSE = 'flash';

/** Kept in a signed cookie, so that strangers get messages without a session row. */
export class Flashes {
  constructor(
    private readonly cookies: Cookies,
    private readonly secret: Buffer,
  ) {}

  put(res: Response, flash: Flash): void {
    const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
    res.cookie(this.cookies.flash, sign(value, PURPOSE, this.secret), this.cookies.options);
  }

  /** The message that waits, which is then gone. */
  take(req: Request, res: Response): Flash | null {
    const cookie = cookieOf(req, this.cookies.flash);
    if (!cookie) return null;
    res.clearCookie(this.cookies.flash, { path: '/' });
    const value = unsign(cookie, PURPOSE, this.secret);
    return value ? (JSON.parse(Buffer.from(value, 'base64url').toString()) as Flash) : null;
  }
}
