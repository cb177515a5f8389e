import express, { type RequestHandler } from 'express';
import { areaOf } from './areas.js';

/** Forms are flat and small. Machines' bodies are read by their own rooms, once they know who sends them. */
export function bodyLimits(): RequestHandler {
  const forms = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 });
  return (req, res, next) => (areaOf(req.path) === 'machines' ? next() : forms(req, res, next));
}
