import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isLoopback } from '../config/addresses.js';
import { Config } from '../config/config.js';
import { Metrics } from './metrics.js';

@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    if (!this.mayRead(req)) throw new NotFoundException();
    res.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }

  /** A proxy on this machine is loopback too, but says whom it speaks for. */
  private mayRead(req: Request): boolean {
    const { metricsToken } = this.config;
    const given = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (metricsToken && given && same(given, metricsToken)) return true;
    const address = req.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
    return isLoopback(address) && !req.headers['x-forwarded-for'] && !req.headers.forwarded;
  }
}

function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
