import { type CanActivate, createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError, InvalidInput } from '../shared/domain-error.js';
import { KEY } from './dto/constraints.js';
import type { KeyedCall } from './idempotency.service.js';
import { requestHash } from './request-hash.js';
import { terminalOf } from './terminal.guard.js';

/** Stands before the body is read: a write without its key is told so whatever else is wrong with it. */
export class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return idempotencyKeyOf(context.switchToHttp().getRequest<Request>()) !== '';
  }
}

/** The write's Idempotency-Key with what it is bound to. */
export const CurrentKeyedCall = createParamDecorator((_data: unknown, context: ExecutionContext): KeyedCall => {
  const req = context.switchToHttp().getRequest<Request>();
  const path = req.originalUrl.split('?', 1)[0]!;
  return {
    terminalId: terminalOf(req).terminalId,
    key: idempotencyKeyOf(req),
    requestHash: requestHash(req.method, path, req.body),
  };
});

/** 1 to 64 visible ASCII characters: `idempotency_key_required` where there is none, InvalidInput where it is something else. */
export function idempotencyKeyOf(req: Request): string {
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') {
    throw new DomainError('idempotency_key_required', 'invalid');
  }
  if (!KEY.test(key)) {
    throw new InvalidInput([{ path: 'Idempotency-Key', code: 'batch_key' }]);
  }
  return key;
}

/** The key stands for another request of this terminal. */
export class KeyReused extends HttpException {
  readonly code = 'idempotency_key_reused';

  constructor() {
    super('idempotency_key_reused', 422);
  }
}

/** The first call with this key still runs. */
export class KeyInProgress extends DomainError {
  constructor() {
    super('idempotency_in_progress', 'conflict', {}, 1);
  }
}
