import { PayloadTooLargeException } from '@nestjs/common';
import express, { type Request, type RequestHandler } from 'express';
import { cleanFields } from './clean-fields.js';
import './request.js';
import { DomainError } from '../../shared/domain-error.js';

/** A file that a form brought along. */
export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
}

declare module 'express-serve-static-core' {
  interface Request {
    upload?: UploadedFile;
  }
}

/** More than the form takes; its page leads back to it. */
class FileTooLarge extends PayloadTooLargeException {
  readonly code = 'file_too_large';
}

/** Forms with a file; the fields beside it, the token among them, are few. */
const PATHS: readonly [path: RegExp, largestMegabytes: number][] = [
  [/^\/admin\/(receipts|tariffs\/imports)$/, 10],
  [/^\/admin\/sims\/import$/, 25],
  [/^\/admin\/tasks\/([0-9a-f-]{36}\/(completion|proofs)|operators\/[0-9a-f-]{36}\/answers)$/i, 5],
];
const MEGABYTE = 1024 * 1024;
const FORM_BYTES = 64 * 1024;
const LONGEST_NAME = 200;

/**
 * Reads a form's file, for members of staff only and where one is expected: a stranger cannot make us read megabytes. It
 * stands behind the sessions, which say who sends it, and before the check of the token, which is a field of the form.
 */
export function uploads(): RequestHandler {
  const readers = PATHS.map(([path, megabytes]) => {
    const limit = megabytes * MEGABYTE + FORM_BYTES;
    return { path, read: express.raw({ type: 'multipart/form-data', limit }) };
  });
  return (req, res, next) => {
    const read = readers.find(({ path }) => path.test(req.path))?.read;
    if (req.method !== 'POST' || !read || req.session?.kind !== 'staff') return next();
    read(req, res, (error?: unknown) => {
      if ((error as { status?: number } | undefined)?.status === 413) return next(new FileTooLarge());
      if (error !== undefined || !Buffer.isBuffer(req.body)) return next(error);
      takeApart(req, req.body).then(() => next(), next);
    });
  };
}

/** The platform's own parser of multipart forms does the work. */
async function takeApart(req: Request, body: Buffer): Promise<void> {
  const form = new Response(new Uint8Array(body), { headers: { 'content-type': req.headers['content-type']! } });
  const entries = await form.formData().catch(() => {
    throw new DomainError('invalid_request', 'invalid');
  });
  const fields: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (typeof value === 'string') fields[name] = value;
    else if (value.name !== '') req.upload = { name: nameOf(value), bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  req.body = cleanFields(fields);
}

/** Without folders and what cannot be seen. */
function nameOf({ name }: File): string {
  const last = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  return [...last].slice(0, LONGEST_NAME).join('') || '—';
}
