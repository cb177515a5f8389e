export type ErrorKind = 'invalid' | 'unauthorized' | 'forbidden' | 'not_found' | 'conflict' | 'limited' | 'unavailable';

/** An expected failure with a stable code; one filter turns it into a page or into problem+json. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    readonly facts: Record<string, unknown> = {},
    /** Where waiting helps. */
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
  }
}

/** What is wrong with one field; its text is `errors:fields.<code>`. */
export interface FieldError {
  path: string;
  code: string;
  params?: Record<string, unknown>;
}

export class InvalidInput extends DomainError {
  constructor(readonly fields: FieldError[]) {
    super('invalid_request', 'invalid');
  }
}

export class LimitExceeded extends DomainError {
  constructor(override readonly retryAfterSeconds: number) {
    super('rate_limited', 'limited', { retryAfterSeconds }, retryAfterSeconds);
  }
}
