import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { PersonalDataModule } from '../../infra/personal-data/personal-data.module.js';
import { NotificationsModule } from '../../notifications/notifications.module.js';
import { CallbackDesk } from './callback-desk.service.js';
import { CallbackFollowers } from './callback-followers.service.js';
import { CallbackHours } from './callback-hours.service.js';
import { CallbackLimits } from './callback-limits.service.js';
import { CallbackLinks } from './callback-links.service.js';
import { CallbackPurge } from './callback-purge.service.js';
import { CallbackRequests } from './callback-requests.service.js';
import { CallbackData } from './own-data/callback-data.service.js';
import { MissedCalls } from './missed-calls.service.js';

@Module({
  imports: [AuditModule, AuthModule, NotificationsModule, PersonalDataModule],
  providers: [
    ...[CallbackHours, CallbackLimits, CallbackLinks],
    ...[CallbackRequests, CallbackFollowers, CallbackDesk, MissedCalls, CallbackPurge, CallbackData],
  ],
  exports: [CallbackHours, CallbackRequests, CallbackFollowers, CallbackDesk, CallbackPurge],
})
export class CallbacksModule {}
