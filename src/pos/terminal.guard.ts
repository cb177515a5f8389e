import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { DomainError } from '../shared/domain-error.js';

/** 401 unless the call carries the key of an open terminal. */
@Injectable()
export class TerminalGuard extends AuthGuard('terminal-key') {
  override getAuthenticateOptions(): { session: false } {
    return { session: false };
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
