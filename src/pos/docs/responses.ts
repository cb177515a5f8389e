import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemAnswer } from '../dto/answers.js';

interface Call {
  summary: string;
  answer: Type;
  status: number;
  /** Codes of refusals, by status: what `contracts` promises of this call. */
  refusals: Record<number, readonly string[]>;
}

const ALWAYS: Call['refusals'] = { 401: ['unauthorized'], 429: ['rate_limited'] };

/** What a call answers, for the documentation. */
export function Describes({ summary, answer, status, refusals }: Call): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status, type: answer }),
    ApiExtraModels(ProblemAnswer),
    ...Object.entries({ ...ALWAYS, ...refusals }).map(([code, codes]) =>
      ApiResponse({
        status: Number(code),
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemAnswer) } } },
      }),
    ),
  );
}

/** A write: needs its key, may be repeated with it. */
export const NeedsKey = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'От 1 до 64 знаков. Один и тот же ключ с тем же содержимым — тот же ответ, сколько ни повторяй.',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  });
