import type { Request } from 'express';

/** The pattern of the route that answered, as `/admin/staff/:id`. Middleware alone, whose route is everything, is none. */
export function routeOf(req: Request): string | undefined {
  const { path } = (req.route ?? {}) as { path?: string };
  return path?.startsWith('{/*') ? undefined : path;
}
