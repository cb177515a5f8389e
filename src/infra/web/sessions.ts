import { promisify } from 'node:util';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import connectPgSimple from 'connect-pg-simple';
import session from 'express-session';
import type pg from 'pg';
import type { Clock } from '../../shared/clock.js';
import { areaOf } from './areas.js';
import { cookieOf, type Cookies } from './cookies.js';
import { limitsOf } from './session.js';
import type { ViewerKind, Viewers } from './viewer.js';

/** Activity is written down at most this often, so that reading pages costs no writes. */
const SEEN_EVERY_MS = 30_000;
const PRUNE_EVERY_SECONDS = 15 * 60;

export interface SessionParts {
  pool: pg.Pool;
  clock: Clock;
  viewers: Viewers;
  cookies: Cookies;
  secret: string;
}

/** Two doors with a lock each: staff sessions live under `/admin`, customers' everywhere else, machines have none. */
export function sessions(parts: SessionParts): RequestHandler {
  const doors = { customer: door('customer', parts), staff: door('staff', parts) };
  return (req, res, next) => {
    req.realNow = () => parts.clock.real().getTime();
    req.isTill = cookieOf(req, parts.cookies.till) !== undefined;
    const area = areaOf(req.path);
    if (area === 'machines' || area === 'files') return next();
    doors[area === 'staff' ? 'staff' : 'customer'](req, res, next);
  };
}

function door(kind: ViewerKind, parts: SessionParts): RequestHandler {
  const cookie = parts.cookies[kind];
  const open = session({
    name: cookie,
    secret: parts.secret,
    store: storeOf(kind, parts.pool),
    cookie: parts.cookies.options as session.CookieOptions,
    resave: false,
    // Strangers get no row.
    saveUninitialized: false,
    unset: 'destroy',
  });
  return (req, res, next) => {
    req.sessionKind = kind;
    req.sessionCookie = cookie;
    open(req, res, (error?: unknown) => (error ? next(error) : void admit(req, res, next, kind, parts)));
  };
}

function storeOf(kind: ViewerKind, pool: pg.Pool): session.Store {
  const PgStore = connectPgSimple(session);
  const ttl = limitsOf(kind).idleMs / 1000;
  const store = new PgStore({
    pool,
    tableName: `${kind}_session`,
    // Rows outlive their last sign of life by the idle limit.
    ttl,
    disableTouch: true,
    pruneSessionInterval: PRUNE_EVERY_SECONDS,
  });
  const add = store.set.bind(store);
  // A sign of life brings no session back that was closed while its request was under way.
  store.set = (sid, kept, done) => {
    if (!(kept.lastSeenAt > kept.startedAt)) return add(sid, kept, done);
    pool
      .query(`update ${kind}_session set sess = $2, expire = now() + make_interval(secs => $3) where sid = $1`, [
        sid,
        JSON.stringify(kept),
        ttl,
      ])
      .then(
        () => done?.(null),
        (error: unknown) => done?.(error),
      );
  };
  return store;
}

/** Fills `req.viewer`, ends sessions that are over, notes signs of life. */
async function admit(
  req: Request,
  res: Response,
  next: NextFunction,
  kind: ViewerKind,
  { clock, viewers }: SessionParts,
): Promise<void> {
  try {
    const now = clock.real().getTime();
    req.viewer = isLive(req, kind, now) ? await viewers.find(kind, req.session.ownerId!) : null;
    if (req.viewer) noteSeen(req, now);
    else await forget(req, res);
    next();
  } catch (error) {
    next(error);
  }
}

function isLive({ session: { kind, startedAt = 0, lastSeenAt = 0 } }: Request, door: ViewerKind, now: number): boolean {
  const { idleMs, totalMs } = limitsOf(door);
  return kind === door && now < lastSeenAt + idleMs && now < startedAt + totalMs;
}

/** A poll that nobody asked for (`X-Background: 1`) and a stream that a browser opens again are no signs of life. */
function noteSeen(req: Request, now: number): void {
  const background = req.get('x-background') === '1' || req.get('accept') === 'text/event-stream';
  if (background || Math.abs(now - (req.session.lastSeenAt ?? 0)) < SEEN_EVERY_MS) return;
  req.session.lastSeenAt = now;
}

/** The cookie of an ended session is taken back, so that its owner is told about the end once. */
async function forget(req: Request, res: Response): Promise<void> {
  if (!cookieOf(req, req.sessionCookie)) return;
  req.sessionEnded = true;
  res.clearCookie(req.sessionCookie, { path: '/' });
  if (req.session.kind) await promisify(req.session.destroy.bind(req.session))();
}
