import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { AuthGuard, type IAuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { validateForm } from '../infra/web/form.js';
import { DomainError } from '../shared/domain-error.js';

/** Says the same for a wrong password and for somebody nobody knows. */
export class WrongPassword extends DomainError {
  constructor() {
    super('wrong_password', 'invalid');
  }
}

class Refusal {
  constructor(readonly reason: unknown) {}
}

/**
 * Passport's guard for a log-in form. A refusal is the form's to show, and guards stand outside of forms: it is kept on
 * the request and thrown where the handler asks for `@Admitted()`.
 */
export function PasswordGuard(strategy: string): Type<IAuthGuard> {
  return class extends AuthGuard(strategy) {
    override handleRequest<User>(fault: unknown, user: User): User {
      const outcome: unknown = fault || !user ? new Refusal(fault || new WrongPassword()) : user;
      return outcome as User;
    }
  };
}

/** Who the form's password belongs to; behind a PasswordGuard. What the form lacks is told before anything else. */
export const Admitted = createParamDecorator((Form: new () => object, context: ExecutionContext): unknown => {
  const { user, body } = context.switchToHttp().getRequest<Request>();
  if (!(user instanceof Refusal)) return user;
  validateForm(Form, body);
  throw user.reason;
});
