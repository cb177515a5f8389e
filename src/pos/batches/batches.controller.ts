import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { TerminalIdentity } from '../../auth/api-keys/api-keys.service.js';
import { Describes } from '../docs/responses.js';
import { BatchAnswer } from '../dto/answers.js';
import { BatchDto } from '../dto/batch.dto.js';
import { BatchBodyGuard } from '../json-body.guard.js';
import { CurrentTerminal, TerminalGuard } from '../terminal.guard.js';
import { TerminalRateGuard } from '../terminal-rate.guard.js';
import { BatchDesk } from './batch-desk.service.js';

@Controller('api/pos/v1/batches')
@ApiTags('Пакеты')
@ApiBearerAuth()
@UseGuards(TerminalGuard, TerminalRateGuard)
export class BatchesController {
  constructor(private readonly desk: BatchDesk) {}

  @Post()
  @HttpCode(200)
  @UseGuards(BatchBodyGuard)
  @Describes({
    summary: 'Передать накопленное без связи: до 500 вызовов по порядку, каждый со своим ключом',
    ...{ answer: BatchAnswer, status: 200, refusals: { 400: ['invalid_request'], 413: ['payload_too_large'] } },
  })
  @ApiBody({ type: BatchDto })
  work(@CurrentTerminal() terminal: TerminalIdentity, @Body() body: unknown): Promise<BatchAnswer> {
    return this.desk.work(terminal, body);
  }
}
