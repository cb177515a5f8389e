import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { CardsModule } from '../../cards/cards.module.js';
import { LedgerModule } from '../../ledger/ledger.module.js';
import { LoyaltyModule } from '../../loyalty/loyalty.module.js';
import { Callers } from './callers.service.js';
import { CardStop } from './card-stop.service.js';
import { Hotline } from './hotline.service.js';
import { IvrCalls } from './ivr-calls.service.js';
import { IvrController } from './ivr.controller.js';

/** The API of the hotline's telephone exchange. */
@Module({
  imports: [AuditModule, AuthModule, CardsModule, LedgerModule, LoyaltyModule],
  controllers: [IvrController],
  providers: [Callers, CardStop, Hotline, IvrCalls],
})
export class IvrModule {}
