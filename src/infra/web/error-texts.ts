import { type DomainError, type ErrorKind, type FieldError, LimitExceeded } from '../../shared/domain-error.js';
import { hasText, text, type Language, type TextParams } from '../i18n/texts.js';

const LONGEST_IN_MINUTES = 90;

export interface ErrorTexts {
  /** What happened, short enough for a cashier's display. */
  title: string;
  /** What to do next; may be empty. */
  next: string;
}

/** Texts of a code, else of its kind: `errors:<code>` and `errors:next.<code>`. */
export function errorTexts(
  language: Language,
  code: string,
  kind: ErrorKind | 'fault',
  facts: TextParams = {},
): ErrorTexts {
  const own = hasText(language, `errors:${code}`);
  const ownNext = hasText(language, `errors:next.${code}`);
  return {
    title: text(language, own ? `errors:${code}` : `errors:kinds.${kind}`, facts),
    next: ownNext
      ? text(language, `errors:next.${code}`, facts)
      : own
        ? ''
        : text(language, `errors:next.kinds.${kind}`, facts),
  };
}

/** Both in one line, for the place in a form where it belongs. */
export function errorText(language: Language, error: DomainError): string {
  const { title, next } = errorTexts(language, error.code, error.kind, factsOf(language, error));
  return next ? `${title}. ${next}` : title;
}

export function factsOf(language: Language, error: DomainError): TextParams {
  return error instanceof LimitExceeded
    ? { ...error.facts, wait: waitText(language, error.retryAfterSeconds) }
    : error.facts;
}

export function fieldText(language: Language, { code, params }: FieldError): string {
  return text(
    language,
    hasText(language, `errors:fields.${code}`) ? `errors:fields.${code}` : 'errors:fields.invalid',
    params ?? {},
  );
}

/** `40 секунд`, `3 минуты`, `24 часа`: whoever has to wait for long counts no minutes. */
export function waitText(language: Language, seconds: number): string {
  if (seconds < 60) return text(language, 'common:time.seconds', { count: seconds });
  if (seconds <= LONGEST_IN_MINUTES * 60) {
    return text(language, 'common:time.minutes', { count: Math.ceil(seconds / 60) });
  }
  return text(language, 'common:time.hours', { count: Math.ceil(seconds / 3600) });
}
