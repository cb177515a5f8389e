import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { TerminalKeyStrategy } from '../auth/api-keys/terminal-key.strategy.js';
import { StrategyGuard } from '../auth/strategy.guard.js';
import { DomainError } from '../shared/domain-error.js';

/** 401 unless the call carries the key of an open terminal. */
@Injectable()
export class TerminalGuard extends StrategyGuard {
  constructor(@Inject(TerminalKeyStrategy) strategy: TerminalKeyStrategy) {
    super(strategy);
  }

  /** Passport would take a key in the address too, where it ends up in logs. */
  override getRequest(context: ExecutionContext): Request {
    const req = context.switchToHttp().getRequest<Request>();
    if (req.headers.authorization === undefined) {
      throw new DomainError('unauthorized', 'unauthorized');
    }
    return req;
  }

  override handleRequest<T>(error: unknown, terminal: T | false): T {
    if (error instanceof Error) {
      throw error;
    }
    if (!terminal) {
      throw new DomainError('unauthorized', 'unauthorized');
    }
    return terminal;
  }
}

/** The terminal whose key the call carries. */
export const CurrentTerminal = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  terminalOf(context.switchToHttp().getRequest<Request>()),
);

export function terminalOf(req: Request): TerminalIdentity {
  return req.user as TerminalIdentity;
}
