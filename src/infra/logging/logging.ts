import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DynamicModule } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { LoggerModule } from 'nestjs-pino';
import { pino, type Logger } from 'pino';
import type {} from 'pino-http';
import type { Config } from '../config/config.js';
import { routeOf } from '../metrics/route-of.js';
import { loggedError, maskPath } from './masking.js';

const SANE_ID = /^[\w.-]{8,64}$/;
const QUIET_PATHS = /^\/(healthz|readyz|metrics|assets\/)/;

/** Whatever somebody logs by mistake under these names is not written. */
const SECRETS = ['authorization', 'cookie', 'password', 'code', 'token', 'secret', 'key', 'totp', 'phone', 'email'];
const REDACTED = [
  'req.headers',
  'res.headers',
  '["set-cookie"]',
  ...SECRETS.flatMap((name) => (name === 'code' || name === 'key' ? [`*.body.${name}`] : [name, `*.${name}`])),
];

/** One JSON object a line on standard output. */
export function createLogger(config: Config): Logger {
  return pino({
    level: config.logLevel,
    base: { role: config.role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    redact: { paths: REDACTED, censor: '…' },
    serializers: { err: loggedError, error: loggedError },
  });
}

/**
 * Gives every request an id, which its answer and all its log lines carry, and logs a line when it ends. pino-http would
 * write the whole request down for every call, only to throw it away: that took a tenth of a till's call.
 */
export function requestLogging(logger: Logger): RequestHandler {
  // Nothing that a caller sent is in these lines, so nothing has to be looked for.
  const lines = logger.child({}, { redact: [] });
  return (req, res, next) => {
    const id = requestId(req);
    const began = performance.now();
    req.id = id;
    req.log = logger.child({ reqId: id });
    res.setHeader('X-Request-Id', id);
    res.once('close', () => {
      const ms = Math.round(performance.now() - began);
      lines[levelOf(pathOf(req), res.statusCode)]({ reqId: id, ...summary(req, res, ms) }, 'request');
    });
    next();
  };
}

/** Nest's own logger on the same lines, with the request's id where there is a request. */
export function loggingModule(logger: Logger): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: { logger }, useExisting: true });
}

function requestId(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

function levelOf(url: string, status: number): 'debug' | 'info' | 'error' {
  if (status >= 500 && status !== 503) return 'error';
  return QUIET_PATHS.test(url) ? 'debug' : 'info';
}

/** The route's pattern: the path itself may hold a phone that a till looks up, or the token of an invitation. */
function summary(req: Request, res: ServerResponse, ms: number): object {
  return { method: req.method, path: routeOf(req) ?? maskPath(pathOf(req)).slice(0, 200), status: res.statusCode, ms };
}

/** Without the query, which may hold what somebody searched for. */
function pathOf(req: IncomingMessage): string {
  const { originalUrl } = req as IncomingMessage & { originalUrl?: string };
  return (originalUrl ?? req.url ?? '').split('?')[0] ?? '';
}
