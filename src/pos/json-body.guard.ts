import { isUtf8 } from 'node:buffer';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import express, { type Request, type RequestHandler, type Response } from 'express';

const parserUpTo = (limit: string) =>
  express.json({ limit, strict: false, type: 'application/json', verify: refuseOtherEncodings });
const ONE_CALL = parserUpTo('1mb');
const A_BATCH = parserUpTo('4mb');

/**
 * Reads the JSON body, after the terminal is known and within its rate: a stranger cannot make us read megabytes.
 * 413 for too much, 415 for something else than JSON in UTF-8, 400 for what does not parse.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  protected readonly parse: RequestHandler = ONE_CALL;

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    await new Promise<void>((resolve, reject) =>
      this.parse(req, res, (error?: unknown) => (error instanceof Error ? reject(error) : resolve())),
    );
    if (req.body === undefined && hasBody(req)) {
      throw refusal(415, 'the body is not JSON');
    }
    return true;
  }
}

/** The same for what a till gathered while offline. */
@Injectable()
export class BatchBodyGuard extends JsonBodyGuard {
  protected override readonly parse = A_BATCH;
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

/** Bytes that are no UTF-8 would be read as U+FFFD and kept like that. */
function refuseOtherEncodings(_req: unknown, _res: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') {
    throw refusal(415, 'the body is not in UTF-8');
  }
  if (!isUtf8(body)) {
    throw refusal(400, 'the body holds bytes that are not UTF-8');
  }
}

function refusal(status: number, message: string): Error {
  return Object.assign(new Error(message), { status, expose: true });
}
