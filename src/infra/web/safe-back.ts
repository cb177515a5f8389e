/** A way back inside this site, or the fallback: `//host`, `/\host`, schemes and control characters are refused. */
export function safeBack(back: unknown, fallback: string): string {
  const local = typeof back === 'string' && back.length <= 500 && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(back);
  return local ? back : fallback;
}

/** The path of the page that a request came from, where that page is ours. */
export function refererPath(referer: string | undefined, host: string | undefined): string | null {
  if (!referer || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  return url.host === host ? url.pathname + url.search : null;
}
