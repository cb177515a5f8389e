import express, { type RequestHandler } from 'express';
import { areaOf } from './areas.js';
import { cleanFields } from './clean-fields.js';

/** Forms are flat and small. Machines' bodies are read by their own rooms, once they know who sends them. */
export function bodyLimits(): RequestHandler {
  const forms = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 });
  return (req, res, next) => {
    if (areaOf(req.path) === 'machines') return next();
    forms(req, res, (error?: unknown) => {
      if (error === undefined && req.body) cleanFields(req.body as object);
      next(error);
    });
  };
}
