import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../shared/actor.js';
import { DomainError } from '../shared/domain-error.js';

/** The member of staff as the one who acts; behind `@Roles` or `StaffOnly`. */
export const Clerk = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { viewer } = context.switchToHttp().getRequest<Request>();
  if (viewer?.kind !== 'staff') throw new DomainError('forbidden', 'forbidden');
  return { kind: 'staff', id: viewer.id };
});
