import { applyDecorators, HttpCode, type Type, UseGuards } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { Describes, NeedsKey } from './docs/responses.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { KeyGuard } from './keyed-call.js';

interface Write {
  summary: string;
  answer: Type;
  /** Of success. */
  status: 200 | 201;
  body: Type;
  /** Whether the call makes sense without one. */
  bodyRequired?: boolean;
  notFound: string;
  /** Codes of refusals with 409. */
  conflicts: readonly string[];
}

/** A write of the till's API: its key, the guards in their order, and its documentation. */
export function KeyedWrite(write: Write): MethodDecorator {
  const { summary, answer, status, body, bodyRequired = true, notFound, conflicts } = write;
  return applyDecorators(
    HttpCode(status),
    NeedsKey(),
    UseGuards(KeyGuard, JsonBodyGuard),
    Describes({
      ...{ summary, answer, status },
      refusals: {
        400: ['idempotency_key_required', 'invalid_request'],
        404: [notFound],
        409: [...conflicts, 'idempotency_in_progress'],
        422: ['idempotency_key_reused'],
      },
    }),
    ApiBody({ type: body, required: bodyRequired }),
  );
}
