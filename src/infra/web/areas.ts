/** Which part of the product an address belongs to; each has its own sessions and its own kind of answers. */
export type Area = 'machines' | 'files' | 'staff' | 'customers';

const MACHINES = /^\/(api|webhooks|healthz|readyz|metrics)(\/|$)/;
const FILES =
  /^\/(assets\/|favicon\.(ico|svg)$|robots\.txt$|sitemap\.xml$|apple-touch-icon\.png$|manifest\.webmanifest$|sw\.js$|icon-[a-z0-9]+\.png$)/;
const STAFF = /^\/admin(\/|$)/;
const PRIVATE = /^\/(admin|cabinet|session|reset_password|till)(\/|$)/;

export function areaOf(path: string): Area {
  if (MACHINES.test(path)) return 'machines';
  if (FILES.test(path)) return 'files';
  return STAFF.test(path) ? 'staff' : 'customers';
}

export function isApi(path: string): boolean {
  return /^\/(till\/)?api(\/|$)/.test(path);
}

/** Pages that no cache may keep. */
export function isPrivate(path: string): boolean {
  return PRIVATE.test(path);
}
