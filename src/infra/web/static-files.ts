import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path';
import express, { type RequestHandler } from 'express';
import { areaOf } from './areas.js';
import { PUBLIC } from './assets.js';

const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;
/** Smallest first; built beside the files that gain by it. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Built files: hashed names are kept for a year, well-known names for a day; compressed once, at build time. */
export function staticFiles(): RequestHandler {
  const serve = express.static(PUBLIC, {
    index: false,
    redirect: false,
    setHeaders: (res, path) => {
      res.setHeader('Cache-Control', cacheControlOf(path));
    },
  });
  return (req, res, next) => {
    if (areaOf(req.path) !== 'files' || !['GET', 'HEAD'].includes(req.method)) return next();
    const encoding = ENCODINGS.find(({ name, suffix }) => req.acceptsEncodings(name) && isBuilt(req.path + suffix));
    if (encoding) {
      res.type(req.path.slice(req.path.lastIndexOf('.')));
      res.setHeader('Content-Encoding', encoding.name);
      req.url = req.path + encoding.suffix;
    }
    res.vary('Accept-Encoding');
    serve(req, res, next);
  };
}

function cacheControlOf(path: string): string {
  // The worker changes with every deployment, and stands between the page and the network.
  if (path.startsWith(join(PUBLIC, 'sw.js'))) return 'no-cache';
  const seconds = path.includes(join(PUBLIC, 'assets')) ? `${YEAR_SECONDS}, immutable` : String(DAY_SECONDS);
  return `public, max-age=${seconds}`;
}

function isBuilt(path: string): boolean {
  const file = normalize(join(PUBLIC, path));
  return file.startsWith(PUBLIC) && existsSync(file);
}
