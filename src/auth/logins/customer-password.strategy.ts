import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { validateForm } from '../../infra/web/form.js';
import { LogInForm } from '../dto/log-in.form.js';
import { type LoggedIn, PasswordLogin } from './password-login.service.js';

/** Phone and password; `PasswordGuard('customer')`. */
@Injectable()
export class CustomerPasswordStrategy extends PassportStrategy(Strategy, 'customer-password') {
  constructor(private readonly logins: PasswordLogin) {
    super({ usernameField: 'phone', passReqToCallback: true, session: false });
  }

  async validate(req: Request): Promise<LoggedIn | null> {
    const { phone, password } = validateForm(LogInForm, req.body);
    return this.logins.logIn({ phone, password, ip: req.ip ?? '' });
  }
}
