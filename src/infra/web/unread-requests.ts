import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { failureOfStatus } from './failure.js';
import { problemOf } from './problem.js';

const STATUS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Node gives up before Express sees it is answered as programs know it, and not by a bare line. */
export function answerUnread(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The other side is gone, or half an answer has left.
    const { _httpMessage: begun } = socket as { _httpMessage?: { headersSent?: boolean } | null };
    if (error.code === 'ECONNRESET' || !socket.writable || begun?.headersSent) return void socket.destroy(error);
    socket.end(answerOf(STATUS[error.code ?? ''] ?? 400));
  });
}

function answerOf(status: number): string {
  const body = JSON.stringify(problemOf(failureOfStatus(status)));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
