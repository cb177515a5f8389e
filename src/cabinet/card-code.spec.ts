import { drawQr } from '../shared/qr-code.js';
import { drawEan13 } from './card-code.js';

it('draws ninety-five modules of bars between their quiet zones', () => {
  const { width, path } = drawEan13('2990384417267');
  expect(width).toBe(113);
  const bars = [...path.matchAll(/M(\d+) 0h(\d+)/g)].map(([, x, bar]) => [Number(x), Number(bar)] as const);
  expect(bars).toHaveLength(30);
  expect(bars[0]).toEqual([11, 1]);
  const [last, lastWidth] = bars.at(-1)!;
  expect(last + lastWidth).toBe(106);
});

it('draws a QR code of twenty-one modules with four quiet ones around', () => {
  const { width, height, path } = drawQr('2990384417267');
  expect([width, height]).toEqual([29, 29]);
  // The finder pattern's corner is dark.
  expect(path.startsWith('M4 4h1v1h-1z')).toBe(true);
});

it('refuses a number whose check digit is wrong', () => {
  expect(() => drawEan13('2990384417260')).toThrow();
});
