import { Body, Controller, Get, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { CardAnswer, SaleAnswer } from './dto/answers.js';
import { Describes, NeedsKey } from './docs/responses.js';
import { CardDesk } from './card-desk.service.js';
import { CardLookUp } from './card-look-up.service.js';
import { CashierDto } from './dto/purchase.dto.js';
import type { KeyedCall } from './idempotency.service.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { CurrentKeyedCall, KeyGuard } from './keyed-call.js';
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
  @NeedsKey()
  @UseGuards(KeyGuard, JsonBodyGuard)
  @Describes({
    summary: 'Продать напечатанную карту',
    ...{ answer: SaleAnswer, status: 201 },
    refusals: {
      400: ['idempotency_key_required', 'invalid_request'],
      404: ['card_not_found'],
      409: ['card_already_sold', 'card_blocked', 'idempotency_in_progress'],
      422: ['idempotency_key_reused'],
    },
  })
  @ApiBody({ type: CashierDto, required: false })
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
