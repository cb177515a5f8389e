import { Controller, HttpCode, Post, Req, Res, UnauthorizedException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { secondsLeft, stay } from './session.js';

/** «Остаться»: a minute before the end of a session its owner asks for more. */
@Controller()
export class StayController {
  @Post(['session/stay', 'admin/session/stay'])
  @HttpCode(204)
  stay(@Req() req: Request, @Res({ passthrough: true }) res: Response): void {
    if (!req.viewer) throw new UnauthorizedException();
    stay(req);
    res.setHeader('Session-Seconds', String(secondsLeft(req)));
  }
}
