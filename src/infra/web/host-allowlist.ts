import { MisdirectedException } from '@nestjs/common';
import type { RequestHandler } from 'express';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** Balancers and monitors ask by address, not by name. */
const OPERATIONS = ['/healthz', '/readyz', '/metrics'];

/** Pages answer under the installation's own names only: a foreign Host would end up in links and caches. */
export function hostAllowlist(hosts: readonly string[]): RequestHandler {
  const allowed = new Set([...LOOPBACK, ...hosts]);
  return (req, _res, next) => {
    const known = allowed.has(hostname(req.headers.host)) || OPERATIONS.includes(req.path);
    next(known ? undefined : new MisdirectedException());
  };
}

function hostname(host = ''): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
