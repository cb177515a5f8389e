import { isIPv4, isIPv6 } from 'node:net';

/** One household's address: an IPv4 address, or the /64 that every IPv6 customer owns whole. */
export function hostOf(ip: string): string {
  const plain = unmapped(ip);
  return isIPv4(plain) ? plain : groups(plain, 4);
}

/** The neighbourhood: IPv4 /24, IPv6 /48. */
export function subnetOf(ip: string): string {
  const plain = unmapped(ip);
  return isIPv4(plain) ? plain.slice(0, plain.lastIndexOf('.')) : groups(plain, 3);
}

/** Enough to tell home from a stranger's net, too little to find anybody: `95.24.*.*`, `2a02:6b8:*`; empty for none. */
export function maskedIp(ip: string): string {
  const plain = unmapped(ip);
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 2).join('.')}.*.*`;
  return isIPv6(plain) ? `${groups(plain, 2)}:*` : '';
}

function unmapped(ip: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip;
}

function groups(ip: string, count: number): string {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const all = ip.includes('::') ? [...front, ...zeros, ...back] : front;
  return all
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
