import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../infra/web/form.js';
import { DomainError } from '../shared/domain-error.js';
import { CustomerPasswordStrategy } from './logins/customer-password.strategy.js';
import { StaffPasswordStrategy } from './staff/staff-password.strategy.js';
import { StrategyGuard } from './strategy.guard.js';

/** Says the same for a wrong password and for somebody nobody knows. */
class WrongPassword extends DomainError {
  constructor(code: 'wrong_password' | 'wrong_staff_password') {
    super(code, 'invalid');
  }
}

class Refusal {
  constructor(readonly reason: unknown) {}
}

/** A refusal is the form's to show, and guards stand outside of forms: it waits for the handler's `@Admitted()`. */
@Injectable()
export class CustomerPasswordGuard extends StrategyGuard {
  constructor(@Inject(CustomerPasswordStrategy) strategy: CustomerPasswordStrategy) {
    super(strategy);
  }

  override handleRequest<User>(fault: unknown, user: User): User {
    return outcome(fault, user, 'wrong_password');
  }
}

@Injectable()
export class StaffPasswordGuard extends StrategyGuard {
  constructor(@Inject(StaffPasswordStrategy) strategy: StaffPasswordStrategy) {
    super(strategy);
  }

  override handleRequest<User>(fault: unknown, user: User): User {
    return outcome(fault, user, 'wrong_staff_password');
  }
}

/** Who the form's password belongs to; behind a guard of passwords. What the form lacks is told before anything else. */
export const Admitted = createParamDecorator((Form: new () => object, context: ExecutionContext): unknown => {
  const req = context.switchToHttp().getRequest<Request>();
  if (!(req.user instanceof Refusal)) return req.user;
  validateForm(Form, req.body);
  throw req.user.reason;
});

function outcome<User>(fault: unknown, user: User, wrong: 'wrong_password' | 'wrong_staff_password'): User {
  const result: unknown = fault || !user ? new Refusal(fault || new WrongPassword(wrong)) : user;
  return result as User;
}
