import { refererPath, safeBack } from './safe-back.js';

it.each(['/cabinet', '/cabinet/points?from=2026-11-01&to=2026-11-22', '/'])('follows %s', (path) => {
  expect(safeBack(path, '/home')).toBe(path);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\r\nb',
  '/\t/evil.example',
  '',
  undefined,
  ['/a'],
  `/${'a'.repeat(600)}`,
])('does not follow %j', (path) => {
  expect(safeBack(path, '/home')).toBe('/home');
});

it('reads the page a request came from', () => {
  expect(refererPath('https://card.example/cabinet?x=1', 'card.example')).toBe('/cabinet?x=1');
  expect(refererPath('https://evil.example/cabinet', 'card.example')).toBeNull();
  expect(refererPath('about:', 'card.example')).toBeNull();
  expect(refererPath(undefined, 'card.example')).toBeNull();
});
