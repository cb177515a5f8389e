import type { Request, Response } from 'express';

/** Whether htmx asks, and not the browser itself. */
export function isHtmx(req: Request): boolean {
  return req.headers['hx-request'] === 'true';
}

/** Whether only a part of the page is wanted, so that the layout is left out. */
export function wantsFragment(req: Request): boolean {
  return isHtmx(req) && req.headers['hx-request-type'] === 'partial';
}

/** htmx follows a 303 with fetch and would swap the target into a part of the page; this leaves the page instead. */
export function leavePage(res: Response, path: string): void {
  res.status(200).setHeader('HX-Redirect', path);
}
