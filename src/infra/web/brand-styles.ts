import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { brandPalette, type AccentShades } from './brand-palette.js';

/** The brand's colours as files of their own: pages may hold no inline style, and the setting is no part of the build. */
export class BrandStyles {
  readonly path: string;
  private readonly css: string;
  private readonly icon: string;

  constructor(accent: string) {
    const { light, dark, cardFrom, cardTo } = brandPalette(accent);
    const variables = { ...named('light', light), ...named('dark', dark), 'card-from': cardFrom, 'card-to': cardTo };
    const lines = Object.entries(variables).map(([name, colour]) => `--brand-${name}:${colour}`);
    this.css = `:root{${lines.join(';')}}`;
    this.icon = iconIn(cardFrom);
    this.path = `/assets/brand-${createHash('sha256').update(this.css).digest('hex').slice(0, 8)}.css`;
  }

  readonly serve: RequestHandler = (req, res, next) => {
    if (req.path === this.path) {
      res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
      res.type('css').send(this.css);
    } else if (req.path === '/favicon.svg') {
      res.setHeader('Cache-Control', 'public, max-age=86400');
      res.type('svg').send(this.icon);
    } else {
      next();
    }
  };
}

/** A card with its stripe. */
function iconIn(colour: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${colour}"/>` +
    '<rect x="6" y="9" width="20" height="14" rx="3" fill="#fff"/>' +
    `<rect x="6" y="12.5" width="20" height="3" fill="${colour}"/></svg>`
  );
}

function named(theme: 'light' | 'dark', shades: AccentShades): Record<string, string> {
  return {
    [theme]: shades.accent,
    [`on-${theme}`]: shades.onAccent,
    [`soft-${theme}`]: shades.soft,
    [`on-soft-${theme}`]: shades.onSoft,
  };
}
