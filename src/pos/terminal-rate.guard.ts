import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../infra/config/config.js';
import { LimitExceeded } from '../shared/domain-error.js';
import { terminalOf } from './terminal.guard.js';
import { TokenBucket } from './token-bucket.js';

/** So many calls a second and terminal; each web process counts for itself. */
@Injectable()
export class TerminalRateGuard implements CanActivate {
  private readonly bucket: TokenBucket;

  constructor(config: Config) {
    this.bucket = new TokenBucket(config.terminalLimits);
  }

  canActivate(context: ExecutionContext): boolean {
    const wait = this.bucket.take(terminalOf(context.switchToHttp().getRequest<Request>()).terminalId);
    if (wait > 0) {
      throw new LimitExceeded(wait);
    }
    return true;
  }
}
