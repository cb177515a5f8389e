import { promisify } from 'node:util';
import type { Request } from 'express';
import 'express-session';
import { maskedIp } from '../../shared/ip.js';
import { readDevice } from './device.js';
import './request.js';
import type { Viewer, ViewerKind } from './viewer.js';

/** A session row holds an id, times and where it began in words, never a name or a phone. All times are real milliseconds. */
declare module 'express-session' {
  interface SessionData {
    kind: ViewerKind;
    /** Not `id`: that is the session's own. */
    ownerId: string;
    startedAt: number;
    lastSeenAt: number;
    /** Where the log-in came from, for whoever looks through what is open: words of `Device`, a masked address. */
    browser: string;
    system: string;
    place: string;
  }
}

export interface SessionLimits {
  idleMs: number;
  totalMs: number;
}

const MINUTE_MS = 60_000;
const TOTAL_MS = 12 * 60 * MINUTE_MS;
const LIMITS: Record<ViewerKind, SessionLimits> = {
  customer: { idleMs: 15 * MINUTE_MS, totalMs: TOTAL_MS },
  staff: { idleMs: 30 * MINUTE_MS, totalMs: TOTAL_MS },
};

export function limitsOf(kind: ViewerKind): SessionLimits {
  return LIMITS[kind];
}

/**
 * Logs somebody in under a fresh session id, so that an id known before is worth nothing.
 * Customers log in anywhere but under `/admin`, staff only there: their cookies and tables never mix.
 */
export async function logIn(req: Request, who: Pick<Viewer, 'kind' | 'id'>): Promise<void> {
  if (req.sessionKind !== who.kind) throw new Error(`no ${who.kind} sessions at ${req.path}`);
  // By the store: a session that had run out left this request without one.
  await promisify(req.sessionStore.regenerate.bind(req.sessionStore))(req);
  const now = req.realNow();
  const from = { ...readDevice(req.get('user-agent')), place: maskedIp(req.ip ?? '') };
  Object.assign(req.session, { kind: who.kind, ownerId: who.id, startedAt: now, lastSeenAt: now, ...from });
  // Stored before the answer leaves: the redirect's target must find it.
  await promisify(req.session.save.bind(req.session))();
}

/**
 * Ends the session and asks the browser to drop what it kept of it. A till keeps its storage, where receipts wait that
 * were not sent yet: there only the page's scripts take away what was the customer's.
 */
export async function logOut(req: Request): Promise<void> {
  if (req.session) await promisify(req.session.destroy.bind(req.session))();
  req.viewer = null;
  req.res?.clearCookie(req.sessionCookie, { path: '/' });
  req.res?.setHeader('Clear-Site-Data', req.isTill ? '"cache"' : '"cache", "storage"');
}

/** A sign of life by its owner's own wish. */
export function stay(req: Request): void {
  req.session.lastSeenAt = req.realNow();
}

/** Seconds until this session ends unless its owner does something; null for strangers. */
export function secondsLeft(req: Request): number | null {
  const { kind, startedAt, lastSeenAt } = req.session ?? {};
  if (!req.viewer || !kind || !startedAt || !lastSeenAt) return null;
  const ends = Math.min(lastSeenAt + LIMITS[kind].idleMs, startedAt + LIMITS[kind].totalMs);
  return Math.max(0, Math.floor((ends - req.realNow()) / 1000));
}
