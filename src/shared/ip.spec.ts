import { hostOf, maskedIp, subnetOf } from './ip.js';

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '2001:db8:1'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2', '2001:db8:1'],
    ['2001:db8::1', '2001:db8:0:0', '2001:db8:0'],
    ['fe80::1%eth0', 'fe80:0:0:0', 'fe80:0:0'],
    ['::1', '0:0:0:0', '0:0:0'],
    ['not an address', 'not an address', 'not an address'],
  ])('%s belongs to host %s of %s', (ip, host, subnet) => {
    expect(hostOf(ip)).toBe(host);
    expect(subnetOf(ip)).toBe(subnet);
  });

  it.each([
    ['203.0.113.7', '203.0.*.*'],
    ['::ffff:203.0.113.7', '203.0.*.*'],
    ['2a02:6b8::1', '2a02:6b8:*'],
    ['', ''],
  ])('%s is shown as %s', (ip, shown) => {
    expect(maskedIp(ip)).toBe(shown);
  });
});
