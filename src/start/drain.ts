import type { Server } from 'node:http';

const PATIENCE_MS = 25_000;
const LOOK_EVERY_MS = 50;

/** Takes no more connections, lets requests in hand finish, then closes what is left. */
export async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection kept alive becomes idle when its last answer has left, and may then go.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  const late = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
