import type { Request, Response } from 'express';
import type { Clock } from '../../shared/clock.js';
import { areaOf } from './areas.js';
import type { Config } from '../config/config.js';
import { text, type Language } from '../i18n/texts.js';
import type { FlashKind, Flashes } from './flash.js';
import type { BrandStyles } from './brand-styles.js';
import { languageOf, themeOf, type Theme } from './locale.js';
import { menusFor, type Menus } from './menus.js';
import type { LayoutName } from './page.js';
import { publicPage } from './public-page.js';
import { secondsLeft } from './session.js';
import type { Viewer } from './viewer.js';
import { wantsFragment } from './htmx.js';

/** What every template may use besides its own view model. */
export interface PageLocals {
  layout: string | false;
  /** Set by the view itself: `{{pageTitle …}}`. */
  title?: string;
  description?: string;
  canonical?: string;
  noindex?: boolean;
  lang: Language;
  theme: Theme | null;
  zone: string;
  now: Date;
  path: string;
  /** The way back for forms that change language or theme. */
  here: string;
  themePath: string;
  /** The page that a call is asked for from, where its address is nobody's secret. */
  callFrom: string;
  brand: Config['brand'];
  /** The style sheet with the brand's colours. */
  brandStyles: string;
  publicUrl: string;
  viewer: Viewer | null;
  menus: Menus;
  flash: { kind: FlashKind; text: string } | null;
  sessionSecondsLeft: number | null;
  /** Where «Остаться» is asked for, and where the end of a session leads. */
  stayPath: string;
  overPath: string;
  csrfToken: () => string;
}

export interface LocalsParts {
  config: Config;
  clock: Clock;
  flashes: Flashes;
  brandStyles: BrandStyles;
}

/** Also for error pages of requests that were refused before sessions and locale were read. */
export function pageLocals(req: Request, res: Response, layout: LayoutName, parts: LocalsParts): PageLocals {
  const { config, clock, flashes, brandStyles } = parts;
  const viewer = req.viewer ?? null;
  const lang = languageOf(req);
  const flash = flashes.take(req, res);
  const door = viewer?.kind === 'staff' ? '/admin' : '';
  const staff = areaOf(req.path) === 'staff';
  return {
    layout: wantsFragment(req) ? false : `layouts/${layout}`,
    lang,
    theme: themeOf(req),
    zone: config.timeZone,
    now: clock.now(),
    path: req.path,
    here: req.method === 'GET' ? req.originalUrl : req.path,
    themePath: staff ? '/admin/theme' : '/theme',
    callFrom: publicPage(req.path)?.path ?? '',
    brand: config.brand,
    brandStyles: brandStyles.path,
    publicUrl: config.publicUrl,
    viewer,
    menus: menusFor(layout, { path: req.path, viewer, language: lang, lines: config.lines }),
    flash: flash && { kind: flash.kind, text: text(lang, flash.key, flash.params) },
    sessionSecondsLeft: secondsLeft(req),
    stayPath: `${door}/session/stay`,
    overPath: `${door}/session/new?ended=1&back=${encodeURIComponent(req.originalUrl)}`,
    csrfToken: () => req.formToken?.() ?? '',
  };
}
