import type { Server } from 'node:http';

/** Slow senders may not hold connections. */
export function limitTimes(server: Server): void {
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
}
