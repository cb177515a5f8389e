import { Body, Controller, Get, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { Describes } from './docs/responses.js';
import { PurchaseAnswer, RegisteredPurchaseAnswer } from './dto/answers.js';
import { PurchaseDto } from './dto/purchase.dto.js';
import type { KeyedCall } from './idempotency.service.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { CurrentKeyedCall } from './keyed-call.js';
import { KeyedWrite } from './keyed-write.js';
import { PurchaseDesk } from './purchase-desk.service.js';
import { PurchaseViewer } from './purchase-viewer.service.js';
import { QuoteDesk } from './quote-desk.service.js';
import { sendGiven } from './send-given.js';
import { CurrentTerminal, TerminalGuard } from './terminal.guard.js';
import { TerminalRateGuard } from './terminal-rate.guard.js';

const REFUSALS = [
  ...['card_not_sold', 'card_not_active', 'card_blocked', 'proof_required', 'redeem_exceeds_limit'],
  ...['insufficient_points', 'velocity_exceeded', 'receipt_already_registered'],
];

@Controller('api/pos/v1/purchases')
@ApiTags('Покупки')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard)
export class PurchasesController {
  constructor(
    private readonly desk: PurchaseDesk,
    private readonly quotes: QuoteDesk,
    private readonly viewer: PurchaseViewer,
  ) {}

  @Post('quote')
  @Describes({
    summary: 'Рассчитать покупку, ничего не меняя',
    ...{ answer: PurchaseAnswer, status: 200 },
    refusals: { 400: ['invalid_request'], 404: ['card_not_found'], 409: REFUSALS },
  })
  @HttpCode(200)
  @UseGuards(JsonBodyGuard)
  @ApiBody({ type: PurchaseDto })
  quote(@CurrentTerminal() terminal: TerminalIdentity, @Body() body: unknown): Promise<PurchaseAnswer> {
    return this.quotes.quote(terminal, body);
  }

  @Post()
  @KeyedWrite({
    summary: 'Зарегистрировать покупку: начислить баллы и списать их',
    ...{ answer: PurchaseAnswer, status: 201, body: PurchaseDto },
    ...{ notFound: 'card_not_found', conflicts: REFUSALS },
  })
  async register(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.register(terminal, call, body));
  }

  @Get(':id')
  @Describes({
    summary: 'Покупка своей станции',
    ...{ answer: RegisteredPurchaseAnswer, status: 200, refusals: { 404: ['purchase_not_found'] } },
  })
  show(@CurrentTerminal() terminal: TerminalIdentity, @Param('id') id: string): Promise<RegisteredPurchaseAnswer> {
    return this.viewer.show(terminal, id);
  }
}
