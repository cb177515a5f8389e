import { HttpException } from '@nestjs/common';
import { DomainError, InvalidInput, type ErrorKind, type FieldError } from '../../shared/domain-error.js';

/** Any error as the outside may know it. */
export interface Failure {
  status: number;
  code: string;
  kind: ErrorKind | 'fault';
  facts: Record<string, unknown>;
  fields: readonly FieldError[];
  retryAfterSeconds?: number;
}

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
};

const BY_STATUS: Record<number, [code: string, kind: Failure['kind']]> = {
  400: ['invalid_request', 'invalid'],
  401: ['unauthorized', 'unauthorized'],
  403: ['forbidden', 'forbidden'],
  404: ['not_found', 'not_found'],
  405: ['method_not_allowed', 'not_found'],
  409: ['conflict', 'conflict'],
  408: ['request_timeout', 'unavailable'],
  413: ['payload_too_large', 'invalid'],
  415: ['unsupported_media_type', 'invalid'],
  421: ['wrong_host', 'not_found'],
  422: ['invalid_request', 'invalid'],
  429: ['rate_limited', 'limited'],
  431: ['headers_too_large', 'invalid'],
  503: ['unavailable', 'unavailable'],
};

/** The database is away or going: node's network codes, and PostgreSQL's classes 08 and 57P. */
const OUTAGE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08...|57P..|53300)$/;
/** The pool's own error has no code: every connection was in use for too long. */
const NO_CONNECTION = 'timeout exceeded when trying to connect';
/** Others were in the way for too long: a serialization failure, a deadlock, a lock that did not come. */
const IN_THE_WAY = /^(40001|40P01|55P03)$/;
const RETRY_SECONDS = 5;

export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) return domainFailure(error);
  // Nothing was done either way, and trying again helps.
  if (isOutage(error) || IN_THE_WAY.test(codeOf(error))) {
    return { ...failureOfStatus(503), retryAfterSeconds: RETRY_SECONDS };
  }
  const status = statusOf(error);
  const own = (error as { code?: unknown } | null)?.code;
  return error instanceof HttpException && typeof own === 'string'
    ? { ...failureOfStatus(status), code: own }
    : failureOfStatus(status);
}

function domainFailure(error: DomainError): Failure {
  return {
    status: STATUS[error.kind],
    code: error.code,
    kind: error.kind,
    facts: error.facts,
    fields: error instanceof InvalidInput ? error.fields : [],
    retryAfterSeconds: error.retryAfterSeconds,
  };
}

/** A status alone, as of what was given up before it was a request. */
export function failureOfStatus(status: number): Failure {
  const [code, kind] = BY_STATUS[status] ?? (status < 500 ? BY_STATUS[400]! : (['internal_error', 'fault'] as const));
  return { status, code, kind, facts: {}, fields: [] };
}

/** Nest's exceptions, and what Express's own parsers throw (`http-errors`). */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true && status >= 400 ? status : 500;
}

/** Whether there is no database to talk to: whatever else is tried now fails as well. */
export function isOutage(error: unknown): boolean {
  return OUTAGE.test(codeOf(error)) || (error instanceof Error && error.message === NO_CONNECTION);
}

/** The code that node or PostgreSQL gave it; empty where they did not. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && !(error instanceof HttpException) ? code : '';
}
