import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { IvrKeys } from '../../auth/api-keys/ivr-keys.service.js';
import { DomainError, LimitExceeded } from '../../shared/domain-error.js';
import { TokenBucket } from '../token-bucket.js';

const PER_KEY = { perSecond: 20, burst: 60 };

/** 401 unless the call carries a working key of the hotline; 429 beyond its rate, each web process counting for itself. */
@Injectable()
export class IvrGuard implements CanActivate {
  private readonly bucket = new TokenBucket(PER_KEY);

  constructor(private readonly keys: IvrKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<Request>();
    const [, key = ''] = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    const keyId = await this.keys.recognise(key);
    if (keyId === null) throw new DomainError('unauthorized', 'unauthorized', { wording: 'unauthorized_ivr' });
    const wait = this.bucket.take(keyId);
    if (wait > 0) throw new LimitExceeded(wait);
    req.user = { ivrKeyId: keyId };
    return true;
  }
}

/** The id of the hotline's key that the call carries. */
export const CurrentIvrKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    (context.switchToHttp().getRequest<Request>().user as { ivrKeyId: string }).ivrKeyId,
);
