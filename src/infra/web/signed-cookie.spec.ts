import { sign, unsign } from './signed-cookie.js';

const secret = Buffer.from('secret');
const signed = sign('visitor-1', 'visitor', secret);

it('gives back what it signed', () => {
  expect(unsign(signed, 'visitor', secret)).toBe('visitor-1');
});

it.each([
  ['another purpose', signed, 'flash', secret],
  ['another secret', signed, 'visitor', Buffer.from('other')],
  ['a changed value', signed.replace('1', '2'), 'visitor', secret],
  ['no signature', 'visitor-1', 'visitor', secret],
  ['an empty value', '.x', 'visitor', secret],
  ['no string', ['a.b'], 'visitor', secret],
])('refuses %s', (_what, cookie, purpose, secret) => {
  expect(unsign(cookie, purpose, secret)).toBeNull();
});
