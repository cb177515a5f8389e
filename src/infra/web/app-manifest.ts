import type { RequestHandler } from 'express';
import type { Brand } from '../config/config.js';
import { drawBrandIcon } from './brand-icon.js';
import { brandPalette } from './brand-palette.js';

const ICONS: Record<string, { side: number; maskable: boolean }> = {
  '/icon-192.png': { side: 192, maskable: false },
  '/icon-512.png': { side: 512, maskable: false },
  '/icon-maskable.png': { side: 512, maskable: true },
};
/** What an iPhone puts on its home screen; it rounds the corners itself. */
const APPLE_ICON = { side: 180, maskable: true };
const DAY = 'public, max-age=86400';

/** The card as an app of the phone, in the brand's name and colours: they are settings, so no part of the build. */
export function appManifest({ name, accent }: Brand): RequestHandler {
  const { cardFrom: colour } = brandPalette(accent);
  const drawn = new Map<string, Buffer>();
  const manifest = JSON.stringify({
    ...{ id: '/card', name, short_name: name, start_url: '/card', scope: '/', display: 'standalone', lang: 'ru' },
    ...{ theme_color: colour, background_color: '#f3f4f3' },
    icons: Object.entries(ICONS).map(([src, { side, maskable }]) => ({
      ...{ src, sizes: `${side}x${side}`, type: 'image/png', purpose: maskable ? 'maskable' : 'any' },
    })),
  });
  return (req, res, next) => {
    const icon = req.path === '/apple-touch-icon.png' ? APPLE_ICON : ICONS[req.path];
    if (!['GET', 'HEAD'].includes(req.method)) return next();
    if (req.path === '/manifest.webmanifest') {
      res.setHeader('Cache-Control', DAY);
      res.type('application/manifest+json').send(manifest);
    } else if (icon) {
      const picture = drawn.get(req.path) ?? drawBrandIcon(icon.side, colour, icon.maskable);
      drawn.set(req.path, picture);
      res.setHeader('Cache-Control', DAY);
      res.type('png').send(picture);
    } else {
      next();
    }
  };
}
