import { publicPage } from './public-page.js';

it.each(['/', '/help', '/tariffs', '/tariffs/mts-super', '/cards/virtual', '/legal/privacy', '/cabinet/lines'])(
  '%s may be told',
  (path) => {
    expect(publicPage(path)?.path).toBe(path);
  },
);

it.each([
  ['/orders/aGVsbG8gd29ybGQhIQ', '/reset_password/01a202f8~zzz', '/session/first/01a202f8', '/session/code/01a202f8'],
  ['/mail/confirm/abc', '/callback/abcdef', '/admin/orders', '/admin', '/cards/activate/01a202f8', '/help?x=1'],
  ['//evil.example', 'help', '/tariffs/../orders/x', null, undefined, ['/']],
])('others are secrets, or none of ours', (...paths) => {
  expect(paths.map((path) => publicPage(path))).toEqual(paths.map(() => null));
});
