import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type {} from 'pino-http';
import { isApi } from './areas.js';
import { errorTexts, waitText } from './error-texts.js';
import { failureOf, type Failure } from './failure.js';
import { isHtmx, leavePage, wantsFragment } from './htmx.js';
import { languageOf } from './locale.js';
import { LedElsewhere } from './led-elsewhere.js';
import { LogInFirst } from './log-in-first.js';
import type { LayoutName } from './page.js';
import { pageLocals, type LocalsParts } from './page-locals.js';
import { sendProblem } from './problem.js';
import { refererPath } from './safe-back.js';

/** The one place where errors become answers: problem+json for programs, a page with a way on for people. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  constructor(private readonly parts: LocalsParts) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const req = host.switchToHttp().getRequest<Request>();
    const res = host.switchToHttp().getResponse<Response>();
    if (error instanceof LedElsewhere) return sendAway(req, res, error.path);
    const failure = failureOf(error);
    if (failure.status >= 500) this.logger.error({ err: error, requestId: req.id });
    // Half an answer has left: only breaking off tells the reader that it is not whole.
    if (res.headersSent) return void res.destroy();
    if (failure.retryAfterSeconds) res.setHeader('Retry-After', String(failure.retryAfterSeconds));
    const program = isApi(req.path) || wantsJson(req);
    if (error instanceof LogInFirst && !program) return sendAway(req, res, error.path);
    if (program) return sendProblem(res, failure);
    this.sendPage(req, res, failure);
  }

  private sendPage(req: Request, res: Response, failure: Failure): void {
    const language = languageOf(req);
    const facts = { ...failure.facts, wait: waitText(language, failure.retryAfterSeconds ?? 0) };
    const texts = errorTexts(
      language,
      failure.code === 'not_found' ? 'page_not_found' : failure.code,
      failure.kind,
      facts,
    );
    const model = {
      ...pageLocals(req, res, layoutOf(req), this.parts),
      headline: texts.title,
      next: texts.next,
      status: failure.status,
      requestId: failure.status >= 500 ? req.id : null,
      // What was too large was sent from a form of ours, where less of it may be sent.
      back: failure.status === 413 ? refererPath(req.headers.referer, req.headers.host) : null,
      home: req.path.startsWith('/admin') ? '/admin' : req.viewer ? '/cabinet' : '/',
    };
    res.setHeader('Cache-Control', 'no-store');
    res.status(failure.status).render(wantsFragment(req) ? 'errors/fragment' : 'errors/page', model, (fault, html) => {
      if (fault) this.logger.error({ err: fault, requestId: req.id });
      res.type('html').send(html ?? '');
    });
  }
}

function sendAway(req: Request, res: Response, path: string): void {
  if (!isHtmx(req)) return res.redirect(303, path);
  leavePage(res, path);
  res.end();
}

function layoutOf(req: Request): LayoutName {
  if (req.viewer?.kind === 'staff') return 'backoffice';
  return req.viewer && req.path.startsWith('/cabinet') ? 'cabinet' : 'site';
}

function wantsJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}
