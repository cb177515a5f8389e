import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process lives; says nothing of what it depends on, so that an outage elsewhere restarts nobody. */
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) res: Response): Promise<object> {
    const { ready, parts } = await this.readiness.check();
    res.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not_ready', ...parts };
  }
}
