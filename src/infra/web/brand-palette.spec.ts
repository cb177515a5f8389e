import { brandPalette } from './brand-palette.js';
import { contrast } from './colour.js';

const PAGE = { light: ['#ffffff', '#f3f4f3'], dark: ['#0f1211', '#191d1b'] };

it.each(['#0f766e', '#0b7a55', '#e30613', '#ffcc00', '#ffffff', '#000000', '#1a1aff', '#ff7a00', '#808080'])(
  '%s reads everywhere',
  (accent) => {
    const palette = brandPalette(accent);
    for (const theme of ['light', 'dark'] as const) {
      const shades = palette[theme];
      for (const ground of PAGE[theme]) expect(contrast(shades.accent, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(shades.onAccent, shades.accent)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(shades.onSoft, shades.soft)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast('#ffffff', palette.cardFrom)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#ffffff', palette.cardTo)).toBeGreaterThanOrEqual(4.5);
  },
);

it('measures as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 1);
});

it('leaves a colour that reads as it is', () => {
  expect(brandPalette('#0b7a55').light.accent).toBe('#0b7a55');
});
