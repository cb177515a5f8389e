import { Body, Controller, Get, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import type { TillDevice } from '../../stations/tills/till-devices.service.js';
import { CardLookUp } from '../card-look-up.service.js';
import type { CardAnswer, PurchaseAnswer } from '../dto/answers.js';
import type { KeyedCall } from '../idempotency.service.js';
import { JsonBodyGuard } from '../json-body.guard.js';
import { CurrentKeyedCall, KeyGuard } from '../keyed-call.js';
import { QuoteDesk } from '../quote-desk.service.js';
import { sendGiven } from '../send-given.js';
import { TerminalRateGuard } from '../terminal-rate.guard.js';
import { CurrentDevice, JsonOnly, TillOnly } from './till.guards.js';
import { TillCalls } from './till-calls.service.js';

/** The page's own calls: the POS API's desks, opened by the device's cookie and the cashier's PIN. */
@Controller('till/api')
@UseGuards(TillOnly, TerminalRateGuard)
export class TillApiController {
  constructor(
    private readonly lookUp: CardLookUp,
    private readonly quotes: QuoteDesk,
    private readonly calls: TillCalls,
  ) {}

  @Get('cards/:number')
  card(@CurrentDevice() { terminal }: TillDevice, @Param('number') number: string): Promise<CardAnswer> {
    return this.lookUp.find(terminal, number);
  }

  @Post('cards/:number/sale')
  @UseGuards(KeyGuard, JsonOnly, JsonBodyGuard)
  async sell(
    @CurrentDevice() device: TillDevice,
    @CurrentKeyedCall() call: KeyedCall,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.calls.sell(device, call, number, body));
  }

  @Post('purchases/quote')
  @HttpCode(200)
  @UseGuards(JsonOnly, JsonBodyGuard)
  quote(@CurrentDevice() { terminal }: TillDevice, @Body() body: unknown): Promise<PurchaseAnswer> {
    return this.quotes.quote(terminal, body);
  }

  @Post('purchases')
  @UseGuards(KeyGuard, JsonOnly, JsonBodyGuard)
  async purchase(
    @CurrentDevice() device: TillDevice,
    @CurrentKeyedCall() call: KeyedCall,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.calls.purchase(device, call, body));
  }
}
