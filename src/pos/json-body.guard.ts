import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import express, { type Request, type Response } from 'express';
import { InvalidInput } from '../shared/domain-error.js';

const DEEPEST = 20;
const parse = express.json({ limit: '1mb', strict: false, type: 'application/json' });

/**
 * Reads the JSON body, after the terminal is known and within its rate: a stranger cannot make us read megabytes.
 * 413 for too much, 415 for something else than JSON, 400 for what does not parse or is nested too deep.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    await new Promise<void>((resolve, reject) =>
      parse(req, res, (error?: unknown) => (error ? reject(error) : resolve())),
    );
    if (req.body === undefined && hasBody(req)) {
      throw Object.assign(new Error('the body is not JSON'), { status: 415, expose: true });
    }
    if (depth(req.body, 0) > DEEPEST) {
      throw new InvalidInput([{ path: '', code: 'too_deep' }]);
    }
    return true;
  }
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

function depth(value: unknown, level: number): number {
  if (value === null || typeof value !== 'object' || level > DEEPEST) {
    return level;
  }
  return Object.values(value).reduce<number>((deepest, member) => Math.max(deepest, depth(member, level + 1)), level);
}
