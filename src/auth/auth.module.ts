import { MikroOrmModule } from '@mikro-orm/nestjs';
import { type MiddlewareConsumer, Module, type NestModule, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { Viewers } from '../infra/web/viewer.js';
import { WebModule } from '../infra/web/web.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { IvrKeys } from './api-keys/ivr-keys.service.js';
import { TerminalKeyStrategy } from './api-keys/terminal-key.strategy.js';
import { CodePost } from './codes/code-post.service.js';
import { OneTimeCodes } from './codes/one-time-codes.service.js';
import { PasswordLimits } from './limits/password-limits.service.js';
import { RateLimits } from './limits/rate-limits.service.js';
import { SmsLimits } from './limits/sms-limits.service.js';
import { alreadyIn } from './logins/already-in.js';
import { FirstLogIn } from './first-log-in/first-log-in.service.js';
import { FirstLogInController } from './first-log-in/first-log-in.controller.js';
import { FirstPasswords } from './first-log-in/first-passwords.service.js';
import { SecurityAlarms } from './first-log-in/security-alarms.service.js';
import { SprayWatch } from './first-log-in/spray-watch.service.js';
import { Reauthentication } from './again/reauthentication.service.js';
import { LoginData } from './own-data/login-data.service.js';
import { OpenSessions } from './open-sessions/open-sessions.service.js';
import { OpenSessionsController } from './open-sessions/open-sessions.controller.js';
import { CodeLogin } from './logins/code-login.service.js';
import { CodeSessionController } from './logins/code-session.controller.js';
import { CustomerPasswordStrategy } from './logins/customer-password.strategy.js';
import { ForgottenPasswords } from './logins/forgotten-passwords.service.js';
import { Login } from './logins/login.entity.js';
import { Logins } from './logins/logins.service.js';
import { NewPasswordTickets } from './logins/new-password-tickets.service.js';
import { OfficeCodes } from './logins/office-codes.service.js';
import { PasswordLogin } from './logins/password-login.service.js';
import { Passwords } from './logins/passwords.service.js';
import { ContactPhones } from './phone-change/contact-phones.service.js';
import { PhoneChangeBook } from './phone-change/phone-change-book.service.js';
import { PhoneChangeLimits } from './phone-change/phone-change-limits.service.js';
import { PhoneChangeController } from './phone-change/phone-change.controller.js';
import { PhoneChanges } from './phone-change/phone-changes.service.js';
import { StaffPhoneChanges } from './phone-change/staff-phone-changes.service.js';
import { StaffPhoneRules } from './phone-change/staff-phone-rules.service.js';
import { ResetPasswordController } from './logins/reset-password.controller.js';
import { SessionController } from './logins/session.controller.js';
import { SimSwaps } from './logins/sim-swaps.service.js';
import { SmsDoor } from './logins/sms-door.service.js';
import { TemporaryPasswords } from './logins/temporary-passwords.service.js';
import { Secrets } from './secrets.service.js';
import { Dismissals } from './staff/dismissals.service.js';
import { InvitationController } from './staff/invitation.controller.js';
import { Invitations } from './staff/invitations.service.js';
import { StaffSecondStep } from './staff/second-step.service.js';
import { StaffInvitation } from './staff/staff-invitation.entity.js';
import { StaffLogin } from './staff/staff-login.service.js';
import { StaffPasswordStrategy } from './staff/staff-password.strategy.js';
import { StaffSessionController } from './staff/staff-session.controller.js';
import { StaffRoster } from './staff/staff-roster.service.js';
import { Staff } from './staff/staff.entity.js';

const logins = [
  CodeLogin,
  CustomerPasswordStrategy,
  FirstLogIn,
  FirstPasswords,
  ForgottenPasswords,
  Logins,
  NewPasswordTickets,
  OpenSessions,
  PasswordLogin,
  OfficeCodes,
  Passwords,
  SecurityAlarms,
  SimSwaps,
  SmsDoor,
  SprayWatch,
  TemporaryPasswords,
];
const phoneChange = [
  ContactPhones,
  PhoneChangeBook,
  PhoneChangeLimits,
  PhoneChanges,
  StaffPhoneChanges,
  StaffPhoneRules,
];
const staff = [Dismissals, Invitations, StaffLogin, StaffPasswordStrategy, StaffRoster, StaffSecondStep];

@Module({
  imports: [
    MikroOrmModule.forFeature([Login, Staff, StaffInvitation]),
    AuditModule,
    NotificationsModule,
    PersonalDataModule,
    WebModule,
  ],
  controllers: [
    SessionController,
    CodeSessionController,
    FirstLogInController,
    ResetPasswordController,
    OpenSessionsController,
    PhoneChangeController,
    StaffSessionController,
    InvitationController,
  ],
  providers: [
    ...logins,
    ...staff,
    ...phoneChange,
    LoginData,
    Reauthentication,
    ApiKeys,
    CodePost,
    IvrKeys,
    OneTimeCodes,
    PasswordLimits,
    RateLimits,
    Secrets,
    SmsLimits,
    TerminalKeyStrategy,
  ],
  exports: [
    ApiKeys,
    Dismissals,
    FirstPasswords,
    Invitations,
    OfficeCodes,
    SecurityAlarms,
    IvrKeys,
    Logins,
    OneTimeCodes,
    OpenSessions,
    Passwords,
    RateLimits,
    Reauthentication,
    Secrets,
    SimSwaps,
    SmsLimits,
    StaffSecondStep,
    StaffPhoneChanges,
    TerminalKeyStrategy,
  ],
})
export class AuthModule implements NestModule, OnModuleInit {
  constructor(
    private readonly viewers: Viewers,
    private readonly roster: StaffRoster,
  ) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(alreadyIn).forRoutes({ path: 'session/new', method: RequestMethod.GET });
  }

  onModuleInit(): void {
    this.viewers.on('staff', (id) => this.roster.find(id));
  }
}
