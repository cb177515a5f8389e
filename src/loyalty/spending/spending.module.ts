import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { NotificationsModule } from '../../notifications/notifications.module.js';
import { SpendingCodes } from './spending-codes.service.js';
import { SpendingDevices } from './spending-devices.service.js';
import { SpendingProofs } from './spending-proofs.service.js';

/** Proofs that the owner agrees to spend: rotating codes of their phones, codes by SMS. */
@Module({
  imports: [AuditModule, AuthModule, NotificationsModule],
  providers: [SpendingCodes, SpendingDevices, SpendingProofs],
  exports: [SpendingDevices, SpendingProofs],
})
export class SpendingModule {}
