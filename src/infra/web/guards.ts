import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { DomainError } from '../../shared/domain-error.js';
import { isHtmx } from './htmx.js';
import { logInPath } from './log-in-path.js';
import { LogInFirst } from './log-in-first.js';
import type { StaffRole, Viewer, ViewerKind } from './viewer.js';

const ROLES = Symbol('roles');

/** Strangers are sent to the customers' log-in. */
@Injectable()
export class CustomerOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return Boolean(admitted(context, 'customer'));
  }
}

/** Strangers are sent to the staff log-in; a role that may not come here gets a 403 page. */
@Injectable()
export class StaffOnly implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { role } = admitted(context, 'staff');
    const roles = this.reflector.getAllAndOverride<StaffRole[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (roles && (!role || !roles.includes(role))) throw new DomainError('role_forbidden', 'forbidden');
    return true;
  }
}

/** `@Roles('admin', 'manager')` on a controller or a handler: only these members of staff. */
export function Roles(...roles: StaffRole[]): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(ROLES, roles), UseGuards(StaffOnly));
}

/** The customer's id; behind `CustomerOnly`. */
export const CurrentCustomer = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => admitted(context, 'customer').id,
);

function admitted(context: ExecutionContext, kind: ViewerKind): Viewer {
  const req = context.switchToHttp().getRequest<Request>();
  if (req.viewer?.kind === kind) return req.viewer;
  throw new LogInFirst(logInPath(req, wayBack(req)));
}

/** After the log-in a page is shown again; a form's address is none. */
function wayBack(req: Request): string {
  const home = req.path.startsWith('/admin') ? '/admin' : '/cabinet';
  return req.method === 'GET' && !isHtmx(req) ? req.originalUrl : home;
}
