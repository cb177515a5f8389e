import { isLoopback } from './addresses.js';
import type { Role } from './config.js';
import type { SettingReader } from './setting-reader.js';

export type DemoMode = 'on' | 'off';

/**
 * The demo gives its log-ins away, so it is on by itself only where nobody else can reach it: with the embedded database on loopback.
 * Elsewhere someone has to ask for it, and beyond loopback in so many words.
 */
export function readDemoMode(read: SettingReader, role: Role, host: string, embedded: boolean): DemoMode {
  const asked = read.oneOf('DEMO', ['', '0', '1', 'public'], '');
  if (asked === '0') return 'off';
  if (asked === '') return role === 'all' && embedded && isLoopback(host) ? 'on' : 'off';
  if (asked === '1' && !isLoopback(host)) {
    read.fault(
      `DEMO=1 with HOST=${host} would show the demo's passwords to the network; if that is meant, set DEMO=public`,
    );
  }
  return 'on';
}
