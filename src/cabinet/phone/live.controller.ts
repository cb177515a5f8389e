import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { LivePoints } from './live-points.service.js';

/** Server-sent events for the card's page; a page without a script does without. */
@Controller('cabinet/cards/live')
@UseGuards(CustomerOnly)
export class LiveController {
  constructor(private readonly live: LivePoints) {}

  @Get()
  follow(@CurrentCustomer() customerId: string, @Req() req: Request, @Res() res: Response): void {
    this.live.follow({ customerId, sessionId: req.sessionID, language: req.language }, res);
  }
}
