import { Body, Controller, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import { ConfirmDto, RefundDto } from '../dto/after-sale.dto.js';
import { PurchaseAnswer, RefundAnswer } from '../dto/answers.js';
import { CashierDto } from '../dto/purchase.dto.js';
import type { KeyedCall } from '../idempotency.service.js';
import { CurrentKeyedCall } from '../keyed-call.js';
import { KeyedWrite } from '../keyed-write.js';
import { sendGiven } from '../send-given.js';
import { CurrentTerminal, TerminalGuard } from '../terminal.guard.js';
import { TerminalRateGuard } from '../terminal-rate.guard.js';
import { AfterSaleDesk } from './after-sale-desk.service.js';

@Controller('api/pos/v1/purchases/:id')
@ApiTags('Покупки')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard)
export class AfterSaleController {
  constructor(private readonly desk: AfterSaleDesk) {}

  @Post('confirm')
  @KeyedWrite({
    summary: 'Завершить удержанную покупку: списать сколько нужно, остальное вернуть',
    ...{ answer: PurchaseAnswer, status: 200, body: ConfirmDto, bodyRequired: false },
    ...{ notFound: 'purchase_not_found', conflicts: ['purchase_not_held', 'receipt_already_registered'] },
  })
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
  @KeyedWrite({
    summary: 'Отменить удержанную покупку: вернуть всё удержанное',
    ...{ answer: PurchaseAnswer, status: 200, body: CashierDto, bodyRequired: false },
    ...{ notFound: 'purchase_not_found', conflicts: ['purchase_not_held'] },
  })
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
  @KeyedWrite({
    summary: 'Вернуть деньги и баллы: по сумме или по строкам',
    ...{ answer: RefundAnswer, status: 201, body: RefundDto, notFound: 'purchase_not_found' },
    conflicts: [
      ...['purchase_not_confirmed', 'receipt_already_registered', 'refund_kind_mixed', 'refund_exceeds_purchase'],
    ],
  })
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
