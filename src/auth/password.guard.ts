import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { AuthGuard, type IAuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { validateForm } from '../infra/web/form.js';
import { DomainError } from '../shared/domain-error.js';

/** Says the same for a wrong password and for somebody nobody knows. */
export class WrongPassword extends DomainError {
  constructor(code: 'wrong_password' | 'wrong_staff_password') {
    super(code, 'invalid');
  }
}

class Refusal {
  constructor(readonly reason: unknown) {}
}

/**
 * Passport's guard for a log-in form. A refusal is the form's to show, and guards stand outside of forms: it is kept on
 * the request and thrown where the handler asks for `@Admitted()`.
 */
export function PasswordGuard(door: 'customer' | 'staff'): Type<IAuthGuard> {
  const wrong = door === 'staff' ? 'wrong_staff_password' : 'wrong_password';
  return class extends AuthGuard(`${door}-password`) {
    override handleRequest<User>(fault: unknown, user: User): User {
      const outcome: unknown = fault || !user ? new Refusal(fault || new WrongPassword(wrong)) : user;
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
