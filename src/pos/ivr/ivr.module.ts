import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { CardsModule } from '../../cards/cards.module.js';
import { LoyaltyModule } from '../../loyalty/loyalty.module.js';
import { Callers } from './callers.service.js';
import { Hotline } from './hotline.service.js';
import { IvrCalls } from './ivr-calls.service.js';
import { IvrController } from './ivr.controller.js';

/** The API of the hotline's telephone exchange. */
@Module({
  imports: [AuthModule, CardsModule, LoyaltyModule],
  controllers: [IvrController],
  providers: [Callers, Hotline, IvrCalls],
})
export class IvrModule {}
