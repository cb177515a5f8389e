import { Body, Controller, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Describes, NeedsKey } from '../docs/responses.js';
import { JsonBodyGuard } from '../json-body.guard.js';
import { idempotencyKeyOf, KeyGuard } from '../keyed-call.js';
import { requestHash } from '../request-hash.js';
import { sendGiven } from '../send-given.js';
import { validateBody } from '../validate.js';
import { Callers } from './callers.service.js';
import { BalanceCallDto, CallerDto, IvrBalanceAnswer, IvrBlockAnswer } from './dto.js';
import { Hotline } from './hotline.service.js';
import { IvrCalls } from './ivr-calls.service.js';
import { CurrentIvrKey, IvrGuard } from './ivr.guard.js';

const LONGEST_PHONE = 40;

@Controller('api/ivr/v1')
@ApiTags('Телефонная линия')
@ApiBearerAuth()
@UseGuards(IvrGuard)
export class IvrController {
  constructor(
    private readonly hotline: Hotline,
    private readonly callers: Callers,
    private readonly calls: IvrCalls,
  ) {}

  @Post('balance')
  @HttpCode(200)
  @UseGuards(JsonBodyGuard)
  @Describes({
    summary: 'Баланс карты её владельцу; нужен ключ телефонной линии',
    ...{ answer: IvrBalanceAnswer, status: 200, refusals: { 400: ['invalid_request'], 404: ['card_not_found'] } },
  })
  @ApiBody({ type: BalanceCallDto })
  balance(@CurrentIvrKey() keyId: string, @Body() body: unknown): Promise<IvrBalanceAnswer> {
    const { phone, card } = validateBody(BalanceCallDto, body);
    return this.callers.counting(keyId, phone, () => this.hotline.balance(phone, card));
  }

  @Post('cards/:number/block')
  @NeedsKey()
  @UseGuards(KeyGuard, JsonBodyGuard)
  @Describes({
    summary: 'Заблокировать карту по звонку владельца; нужен ключ телефонной линии',
    ...{ answer: IvrBlockAnswer, status: 200 },
    refusals: {
      400: ['idempotency_key_required', 'invalid_request'],
      404: ['card_not_found'],
      409: ['card_blocked', 'idempotency_in_progress'],
      422: ['idempotency_key_reused'],
    },
  })
  @ApiBody({ type: CallerDto })
  async block(
    @CurrentIvrKey() keyId: string,
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const call = { key: idempotencyKeyOf(req), requestHash: requestHash(req.method, pathOf(req), body) };
    // The body matters only where the key is new.
    const block = () =>
      this.calls.once(call, (sql) => this.hotline.block(sql, validateBody(CallerDto, body).phone, number));
    sendGiven(res, await this.callers.countingAnswer(keyId, callerIn(body), block));
  }
}

function pathOf(req: Request): string {
  return req.originalUrl.split('?', 1)[0]!;
}

/** Whose calls are counted, whatever else is wrong with the body. */
function callerIn(body: unknown): string {
  const phone = (body as { phone?: unknown } | null | undefined)?.phone;
  return typeof phone === 'string' ? phone.slice(0, LONGEST_PHONE) : '';
}
