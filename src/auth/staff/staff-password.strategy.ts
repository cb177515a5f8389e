import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { validateForm } from '../../infra/web/form.js';
import { StaffLogInForm } from '../dto/staff-log-in.form.js';
import { StaffLogin } from './staff-login.service.js';

/** E-mail and password; `PasswordGuard('staff')`. */
@Injectable()
export class StaffPasswordStrategy extends PassportStrategy(Strategy, 'staff-password') {
  constructor(private readonly logins: StaffLogin) {
    super({ usernameField: 'email', passReqToCallback: true, session: false });
  }

  async validate(req: Request): Promise<string | null> {
    const { email, password } = validateForm(StaffLogInForm, req.body);
    return this.logins.logIn({ email, password, ip: req.ip ?? '' });
  }
}
