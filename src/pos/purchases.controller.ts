import { Body, Controller, Get, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import type { PurchaseAnswer } from './answers.js';
import { PurchaseDto } from './dto/purchase.dto.js';
import type { KeyedCall } from './idempotency.service.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { CurrentKeyedCall } from './keyed-call.js';
import { PurchaseDesk } from './purchase-desk.service.js';
import { PurchaseViewer } from './purchase-viewer.service.js';
import { QuoteDesk } from './quote-desk.service.js';
import { sendGiven } from './send-given.js';
import { CurrentTerminal, TerminalGuard } from './terminal.guard.js';
import { TerminalRateGuard } from './terminal-rate.guard.js';

@Controller('api/pos/v1/purchases')
@ApiTags('Покупки')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard, JsonBodyGuard)
export class PurchasesController {
  constructor(
    private readonly desk: PurchaseDesk,
    private readonly quotes: QuoteDesk,
    private readonly viewer: PurchaseViewer,
  ) {}

  @Post('quote')
  @HttpCode(200)
  @ApiBody({ type: PurchaseDto })
  quote(@CurrentTerminal() terminal: TerminalIdentity, @Body() body: unknown): Promise<PurchaseAnswer> {
    return this.quotes.quote(terminal, body);
  }

  @Post()
  @ApiBody({ type: PurchaseDto })
  async register(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.register(terminal, call, body));
  }

  @Get(':id')
  show(@CurrentTerminal() terminal: TerminalIdentity, @Param('id') id: string): Promise<PurchaseAnswer> {
    return this.viewer.show(terminal, id);
  }
}
