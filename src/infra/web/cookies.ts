import type { CookieOptions, Request, Response } from 'express';

export const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Names and attributes of all cookies: `__Host-` needs https, so plain http (a demo on loopback) uses bare names. */
export class Cookies {
  readonly customer: string;
  readonly staff: string;
  readonly csrf: string;
  readonly visitor: string;
  readonly flash: string;
  readonly till: string;

  constructor(readonly https: boolean) {
    const prefix = https ? '__Host-' : '';
    this.customer = `${prefix}sid`;
    this.staff = https ? '__Host-staff' : 'staff-sid';
    this.csrf = `${prefix}csrf`;
    this.visitor = `${prefix}visitor`;
    this.flash = `${prefix}flash`;
    this.till = `${prefix}till`;
  }

  /** What only the server reads; ends with the browser. */
  get options(): CookieOptions {
    return { httpOnly: true, secure: this.https, sameSite: 'lax', path: '/' };
  }

  /** A choice of the reader: language or theme. */
  keepChoice(res: Response, name: 'lang' | 'theme', value: string): void {
    res.cookie(name, value, { ...this.options, maxAge: YEAR_MS });
  }
}

export function cookieOf(req: Request, name: string): string | undefined {
  const value: unknown = (req.cookies as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
