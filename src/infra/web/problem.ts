import type { Response } from 'express';
import { hasText, text, type TextParams } from '../i18n/texts.js';
import { errorTexts, fieldText, waitText } from './error-texts.js';
import type { Failure } from './failure.js';

/** RFC 9457, in Russian: the title stands on a cashier's display. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { path: string; message: string }[];
}

export function problemOf(failure: Failure): Problem {
  const facts = { ...failure.facts, wait: waitText('ru', failure.retryAfterSeconds ?? 0) };
  const { title, next } = {
    ...errorTexts('ru', failure.code, failure.kind, facts),
    ...machineTexts(failure.code, isUnread(failure) ? { ...facts, wording: 'unread' } : facts),
  };
  return {
    type: `urn:problem:${failure.code}`,
    title,
    status: failure.status,
    detail: next || title,
    code: failure.code,
    ...(failure.fields.length > 0 && {
      errors: failure.fields.map((field) => ({ path: field.path, message: fieldText('ru', field) })),
    }),
    ...factsFor(failure),
  };
}

/** What could not even be parsed has no fields to name. */
function isUnread({ code, fields }: Failure): boolean {
  return code === 'invalid_request' && fields.length === 0;
}

/**
 * Where a till has to be told something else than a person at a page: `errors:machine.<code>`; what to do may depend on
 * the refusal's own `advice`, and `wording` names other texts than the code's.
 */
function machineTexts(code: string, { advice, wording }: TextParams): { title?: string; next?: string } {
  const worded = typeof wording === 'string' ? wording : code;
  const what = typeof advice === 'string' ? `${worded}_${advice}` : worded;
  const [title, next] = [`errors:machine.${worded}`, `errors:machine.next.${what}`];
  return {
    ...(hasText('ru', title) && { title: text('ru', title) }),
    ...(hasText('ru', next) && { next: text('ru', next) }),
  };
}

export function sendProblem(res: Response, failure: Failure): void {
  res
    .status(failure.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(failure)));
}

/** What a program may act on, such as the id of the receipt that is already registered. */
function factsFor({ facts }: Failure): Record<string, unknown> {
  const { field: _field, wording: _wording, ...rest } = facts;
  return rest;
}
