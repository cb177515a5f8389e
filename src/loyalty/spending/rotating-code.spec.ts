import { codeOf, spendingPayload, windowOf, windowWith } from './rotating-code.js';

const secret = Buffer.alloc(32, 7);
const now = new Date('2026-06-15T09:00:30Z');

it('makes eight digits that differ from minute to minute and from secret to secret', () => {
  const window = windowOf(now);
  expect(codeOf(secret, window)).toMatch(/^\d{8}$/);
  expect(codeOf(secret, window)).not.toBe(codeOf(secret, window + 1));
  expect(codeOf(secret, window)).not.toBe(codeOf(Buffer.alloc(32, 8), window));
});

it('truncates as RFC 4226 does', () => {
  // The RFC 6238 appendix B value for SHA-256 at 59 s, whose counter is 1.
  expect(codeOf(Buffer.from('12345678901234567890123456789012'), 1)).toBe('46119246');
});

it.each([
  [-2, null],
  [-1, -1],
  [0, 0],
  [1, 1],
  [2, null],
])('takes the code of window %i: %s', (distance, taken) => {
  const window = windowOf(now);
  const found = windowWith(secret, codeOf(secret, window + distance), now);
  expect(found).toBe(taken === null ? null : window + taken);
});

it('reads a payload and nothing that only resembles one', () => {
  expect(spendingPayload('SC1.2990384417265.AB12CD.01234567')).toEqual({
    ...{ number: '2990384417265', shortId: 'AB12CD', digits: '01234567' },
  });
  for (const text of ['', '2990384417265', 'SC2.2990384417265.AB12CD.01234567', 'SC1.2990384417265.AB12CD.0123456']) {
    expect(spendingPayload(text)).toBeNull();
  }
});
