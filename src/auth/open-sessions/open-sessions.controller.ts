import { Controller, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { OpenSessions } from './open-sessions.service.js';

const BACK = '/cabinet/profile';

/** «Где открыт кабинет», on the profile page. */
@Controller('cabinet/profile/sessions')
@UseGuards(CustomerOnly)
export class OpenSessionsController {
  constructor(private readonly sessions: OpenSessions) {}

  @Post('others/closure')
  async closeOthers(@CurrentCustomer() id: string, @Req() { sessionID: sessionId }: Request): Promise<SeeOther> {
    await this.sessions.closeAll(id, { kind: 'customer', id }, sessionId);
    return seeOther(BACK, 'sessions:othersClosed');
  }

  @Post(':handle/closure')
  async close(@CurrentCustomer() id: string, @Param('handle') handle: string): Promise<SeeOther> {
    await this.sessions.close(id, handle);
    return seeOther(BACK, 'sessions:closed');
  }
}
