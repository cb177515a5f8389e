import { Body, Controller, Get, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { CardAnswer, SaleAnswer } from './dto/answers.js';
import { Describes } from './docs/responses.js';
import { CardDesk } from './card-desk.service.js';
import { CardLookUp } from './card-look-up.service.js';
import { CashierDto } from './dto/purchase.dto.js';
import type { KeyedCall } from './idempotency.service.js';
import { CurrentKeyedCall } from './keyed-call.js';
import { KeyedWrite } from './keyed-write.js';
import { sendGiven } from './send-given.js';
import { CurrentTerminal, TerminalGuard } from './terminal.guard.js';
import { TerminalRateGuard } from './terminal-rate.guard.js';

@Controller('api/pos/v1/cards')
@ApiTags('Карты')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard)
export class CardsController {
  constructor(
    private readonly lookUp: CardLookUp,
    private readonly desk: CardDesk,
  ) {}

  @Get(':number')
  @Describes({
    summary: 'Карта по номеру или QR-коду; по телефону — карта его владельца',
    ...{ answer: CardAnswer, status: 200, refusals: { 404: ['card_not_found'] } },
  })
  find(@CurrentTerminal() terminal: TerminalIdentity, @Param('number') number: string): Promise<CardAnswer> {
    return this.lookUp.find(terminal, number);
  }

  @Post(':number/sale')
  @KeyedWrite({
    summary: 'Продать напечатанную карту',
    ...{ answer: SaleAnswer, status: 201, body: CashierDto, bodyRequired: false },
    ...{ notFound: 'card_not_found', conflicts: ['card_already_sold', 'card_blocked'] },
  })
  async sell(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.sell(terminal, call, number, body));
  }
}
