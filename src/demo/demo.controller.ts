import { Body, Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { DemoClock } from '../infra/clock/demo-clock.js';
import { Config } from '../infra/config/config.js';
import { Scheduler } from '../infra/schedule/scheduler.js';
import { Page } from '../infra/web/page.js';
import { type SeeOther, seeOther } from '../infra/web/see-other.js';
import { DemoOnly } from './demo-only.guard.js';
import { DemoWorld } from './demo-world.service.js';
import { type DemoPage, demoPage } from './demo.views.js';
import { readStep } from './step.js';

/** The demo's front door for whoever tries the product. */
@Controller('dev')
@UseGuards(DemoOnly)
export class DemoController {
  constructor(
    private readonly world: DemoWorld,
    private readonly clock: DemoClock,
    private readonly scheduler: Scheduler,
    private readonly config: Config,
  ) {}

  @Get()
  @Page('demo/index', 'site')
  async show(@Req() req: Request): Promise<DemoPage> {
    const world = (await this.world.find()) && (await this.world.show());
    return demoPage({ world, now: this.clock.now(), host: req.headers.host ?? '', language: req.language });
  }

  @Post()
  async advance(@Body() body: unknown): Promise<SeeOther> {
    await this.scheduler.runDue(await this.clock.advance(readStep(body, this.clock.now(), this.config.timeZone)));
    return seeOther('/dev', 'demo:moved');
  }
}
