/** Ten digits in a row, however written, may be a phone, a card or a code's neighbour: none belongs in a log. */
const LONG_NUMBER = /\+?\d(?:[\s()-]{0,2}\d){9,}/g;
/** MikroORM puts the statement with its values before what went wrong. */
const STATEMENT = /^(?:insert|update|delete|select|with)\b[\s\S]* - (?=[^\n]*$)/i;

export interface LoggedError {
  type: string;
  message: string;
  code?: string | number;
  stack: string;
}

/** An error as the log may know it: what and where, without the values that were in hand. */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: mask(String(error)), stack: '' };
  const { name, code, stack = '', cause } = error as Error & { code?: string | number };
  const message = mask(error.message.replace(STATEMENT, ''));
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const origin =
    cause instanceof Error && cause.message !== error.message ? `\n  caused by ${mask(cause.message)}` : '';
  return { type: name, message, ...(code !== undefined && { code }), stack: frames.join('\n') + origin };
}

export function mask(text: string): string {
  return text.replace(LONG_NUMBER, '…');
}
