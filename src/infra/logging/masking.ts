/** Ten digits in a row, however written, may be a phone, a card or a code's neighbour: none belongs in a log. */
const LONG_NUMBER = /\+?\d(?:[\s()-]{0,2}\d){9,}/g;
/** What opens a door for whoever holds it, in a path; the ids that stand there are UUIDs. */
const TOKEN = /[\w-]{16,}/g;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** MikroORM puts the statement with its values before what went wrong… */
const STATEMENT = /^(?:insert|update|delete|select|with)\b[\s\S]* - /i;
/** …and PostgreSQL's detail, which quotes the row, after it. */
const DETAIL = /\n - (?:detail|hint): [\s\S]*$/;
/** PostgreSQL's class 22, data exceptions: they quote the value they do not like. */
const DATA_EXCEPTION = /^22...$/;

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
  const message = messageOf(error);
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const reason = cause instanceof Error ? messageOf(cause) : message;
  const origin = reason === message ? '' : `\n  caused by ${reason}`;
  return { type: name, message, ...(code !== undefined && { code }), stack: frames.join('\n') + origin };
}

export function mask(text: string): string {
  return text.replace(LONG_NUMBER, '…');
}

/** A path that no route knows, without what may be a token, a phone or a card. */
export function maskPath(path: string): string {
  return path.replace(TOKEN, (word) => (UUID.test(word) ? word : '…')).replace(/\d{10,}/g, '…');
}

function messageOf(error: Error & { code?: unknown }): string {
  const message = error.message.replace(DETAIL, '').replace(STATEMENT, '');
  return mask(DATA_EXCEPTION.test(String(error.code)) ? withoutQuotes(message) : message);
}

/** Half a quotation is left where the value itself looked like a statement's end. */
function withoutQuotes(message: string): string {
  const rest = message.replace(/"[\s\S]*"/, '…');
  return rest.includes('"') ? 'data exception' : rest;
}
