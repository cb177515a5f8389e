import { inkOn, readableOn, shade } from './colour.js';

/** The grounds of public/styles/parts/tokens.css on which the accent has to read. */
const GROUNDS = { light: '#f3f4f3', dark: '#191d1b' };
const INK = { light: '#ffffff', dark: '#04130d' };
const AA = 4.5;

export interface AccentShades {
  accent: string;
  onAccent: string;
  soft: string;
  onSoft: string;
}

export interface BrandPalette {
  light: AccentShades;
  dark: AccentShades;
  cardFrom: string;
  cardTo: string;
}

/** All shades of the brand's one colour; whatever colour it is, what is written with it or on it reads (WCAG AA). */
export function brandPalette(accent: string): BrandPalette {
  return {
    light: lightShades(accent),
    dark: darkShades(accent),
    // White stands on the card.
    cardFrom: readableOn(INK.light, shade(accent, 0.53), AA),
    cardTo: shade(accent, 0.37, 0.85),
  };
}

function lightShades(accent: string): AccentShades {
  // As text on the page and as ground of white text.
  const readable = readableOn(INK.light, readableOn(GROUNDS.light, accent, AA), AA);
  const soft = shade(accent, 0.945, 0.22);
  return {
    accent: readable,
    onAccent: inkOn(readable, INK.light, INK.dark),
    soft,
    onSoft: readableOn(soft, readable, AA),
  };
}

function darkShades(accent: string): AccentShades {
  const readable = readableOn(GROUNDS.dark, shade(accent, 0.74, 1.15), AA + 1);
  const soft = shade(accent, 0.29, 0.45);
  return {
    accent: readable,
    onAccent: inkOn(readable, INK.dark, INK.light),
    soft,
    onSoft: readableOn(soft, readable, AA + 1),
  };
}
