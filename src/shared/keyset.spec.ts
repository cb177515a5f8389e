import { pageOf, readKey, writeKey } from './keyset.js';

describe('keyset pages', () => {
  it('say where the next page begins, and nothing on the last one', () => {
    const full = pageOf(['a', 'b', 'c'], 2, (row) => [row]);
    expect(full.rows).toEqual(['a', 'b']);
    expect(readKey(full.next, ['text'])).toEqual(['b']);
    expect(pageOf(['a', 'b'], 2, (row) => [row])).toEqual({ rows: ['a', 'b'], next: null });
  });

  it('take times as PostgreSQL writes them', () => {
    const key = ['2026-11-22 10:45:37.123456+00', '019abcde-0000-7000-8000-000000000001'];
    expect(readKey(writeKey(key), ['time', 'uuid'])).toEqual(key);
  });

  it.each([
    ['nothing', undefined],
    ['an array', ['x']],
    ['no JSON', 'x'],
    ['too few parts', writeKey(['2026-11-22 10:45:37+00'])],
    ['no time', writeKey(["2026-11-22'; drop", '019abcde-0000-7000-8000-000000000001'])],
    ['no id', writeKey(['2026-11-22 10:45:37+00', 'x'])],
    ['something huge', 'x'.repeat(2000)],
    ['null bytes', writeKey(['2026-11-22 10:45:37+00', '\0'])],
  ])('begin at the front for %s', (_what, key) => {
    expect(readKey(key, ['time', 'uuid'])).toBeNull();
  });
});
