const PAGES: readonly [name: string, path: RegExp][] = [
  ['home', /^\/$/],
  ['tariffs', /^\/tariffs$/],
  ['compare', /^\/tariffs\/compare$/],
  ['tariff', /^\/tariffs\/[a-z0-9-]{1,80}$/],
  ['help', /^\/help$/],
  ['contacts', /^\/contacts$/],
  ['activate', /^\/cards\/activate$/],
  ['virtual', /^\/cards\/virtual$/],
  ['legal', /^\/legal\/[a-z-]{1,40}$/],
  ['logIn', /^\/(session|reset_password)\/new$/],
  ['cabinet', /^\/cabinet(\/(points|cards|lines|orders|profile|promotions))?$/],
];

/** A page whose address is nobody's secret, which those of orders, of new passwords and of what mails lead to are. */
export interface PublicPage {
  path: string;
  /** The family of its name. */
  name: string;
}

export function publicPage(path: unknown): PublicPage | null {
  const found = typeof path === 'string' && PAGES.find(([, pattern]) => pattern.test(path));
  return found ? { path, name: found[0] } : null;
}
