import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { brandPalette, type AccentShades } from './brand-palette.js';

/** The brand's colours as a style sheet of its own: pages may hold no inline style, and the setting is no part of the build. */
export class BrandStyles {
  readonly path: string;
  private readonly css: string;

  constructor(accent: string) {
    const { light, dark, cardFrom, cardTo } = brandPalette(accent);
    const variables = { ...named('light', light), ...named('dark', dark), 'card-from': cardFrom, 'card-to': cardTo };
    const lines = Object.entries(variables).map(([name, colour]) => `--brand-${name}:${colour}`);
    this.css = `:root{${lines.join(';')}}`;
    this.path = `/assets/brand-${createHash('sha256').update(this.css).digest('hex').slice(0, 8)}.css`;
  }

  readonly serve: RequestHandler = (req, res, next) => {
    if (req.path !== this.path) return next();
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    res.type('css').send(this.css);
  };
}

function named(theme: 'light' | 'dark', shades: AccentShades): Record<string, string> {
  return {
    [theme]: shades.accent,
    [`on-${theme}`]: shades.onAccent,
    [`soft-${theme}`]: shades.soft,
    [`on-soft-${theme}`]: shades.onSoft,
  };
}
