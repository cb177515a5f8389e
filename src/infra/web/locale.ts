import type { Request, RequestHandler } from 'express';
import { isLanguage, text, type Language } from '../i18n/texts.js';
import { cookieOf } from './cookies.js';
import './request.js';

/** Russian unless the reader chose otherwise. */
export const locale: RequestHandler = (req, _res, next) => {
  req.language = languageOf(req);
  req.t = (key, params) => text(req.language, key, params);
  next();
};

/** Also for answers that are refused before the locale was read. */
export function languageOf(req: Request): Language {
  const chosen = cookieOf(req, 'lang');
  return isLanguage(chosen) ? chosen : 'ru';
}

export type Theme = 'light' | 'dark';

/** Null: as the system has it. */
export function themeOf(req: Request): Theme | null {
  const chosen = cookieOf(req, 'theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : null;
}
