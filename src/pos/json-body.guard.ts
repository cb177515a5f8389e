import { isUtf8 } from 'node:buffer';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import express, { type Request, type Response } from 'express';

const parse = express.json({ limit: '1mb', strict: false, type: 'application/json', verify: refuseOtherEncodings });

/**
 * Reads the JSON body, after the terminal is known and within its rate: a stranger cannot make us read megabytes.
 * 413 for too much, 415 for something else than JSON in UTF-8, 400 for what does not parse.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    await new Promise<void>((resolve, reject) =>
      parse(req, res, (error?: unknown) => (error instanceof Error ? reject(error) : resolve())),
    );
    if (req.body === undefined && hasBody(req)) {
      throw refusal(415, 'the body is not JSON');
    }
    return true;
  }
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
