import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import { Describes, NeedsKey } from '../docs/responses.js';
import { ConfirmDto, RefundDto } from '../dto/after-sale.dto.js';
import { PurchaseAnswer, RefundAnswer } from '../dto/answers.js';
import { CashierDto } from '../dto/purchase.dto.js';
import type { KeyedCall } from '../idempotency.service.js';
import { JsonBodyGuard } from '../json-body.guard.js';
import { CurrentKeyedCall, KeyGuard } from '../keyed-call.js';
import { sendGiven } from '../send-given.js';
import { CurrentTerminal, TerminalGuard } from '../terminal.guard.js';
import { TerminalRateGuard } from '../terminal-rate.guard.js';
import { AfterSaleDesk } from './after-sale-desk.service.js';

const refusals = (...conflicts: string[]): Record<number, string[]> => ({
  400: ['idempotency_key_required', 'invalid_request'],
  404: ['purchase_not_found'],
  409: [...conflicts, 'idempotency_in_progress'],
  422: ['idempotency_key_reused'],
});

@Controller('api/pos/v1/purchases/:id')
@ApiTags('Покупки')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard)
export class AfterSaleController {
  constructor(private readonly desk: AfterSaleDesk) {}

  @Post('confirm')
  @HttpCode(200)
  @NeedsKey()
  @UseGuards(KeyGuard, JsonBodyGuard)
  @Describes({
    summary: 'Завершить удержанную покупку: списать сколько нужно, остальное вернуть',
    ...{ answer: PurchaseAnswer, status: 200 },
    refusals: refusals('purchase_not_held', 'receipt_already_registered'),
  })
  @ApiBody({ type: ConfirmDto, required: false })
  async confirm(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.confirm(terminal, call, id, body));
  }

  @Post('cancel')
  @HttpCode(200)
  @NeedsKey()
  @UseGuards(KeyGuard, JsonBodyGuard)
  @Describes({
    summary: 'Отменить удержанную покупку: вернуть всё удержанное',
    ...{ answer: PurchaseAnswer, status: 200 },
    refusals: refusals('purchase_not_held'),
  })
  @ApiBody({ type: CashierDto, required: false })
  async cancel(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.cancel(terminal, call, id, body));
  }

  @Post('refunds')
  @NeedsKey()
  @UseGuards(KeyGuard, JsonBodyGuard)
  @Describes({
    summary: 'Вернуть деньги и баллы: по сумме или по строкам',
    ...{ answer: RefundAnswer, status: 201 },
    refusals: refusals(
      ...['purchase_not_confirmed', 'receipt_already_registered', 'refund_kind_mixed', 'refund_exceeds_purchase'],
    ),
  })
  @ApiBody({ type: RefundDto })
  async refund(
    @CurrentTerminal() terminal: TerminalIdentity,
    @CurrentKeyedCall() call: KeyedCall,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() res: Response,
  ): Promise<void> {
    sendGiven(res, await this.desk.refund(terminal, call, id, body));
  }
}
