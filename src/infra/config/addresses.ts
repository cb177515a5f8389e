/** Whether an address or host name reaches only this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Where people find the site when nobody said otherwise. */
export function defaultPublicUrl(host: string, port: number): string {
  const everywhere = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host);
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** The host names a site answers to; case and port do not matter to them. */
export function answeredHosts(given: readonly string[], publicUrl: string, host: string): string[] {
  const hosts = ['localhost', '127.0.0.1', '[::1]', host, new URL(publicUrl).hostname, ...given];
  return [...new Set(hosts.map((name) => name.toLowerCase()))];
}
