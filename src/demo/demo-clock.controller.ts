import { Body, Controller, Get, HttpCode, Post, UseFilters, UseGuards } from '@nestjs/common';
import { DemoClock } from '../infra/clock/demo-clock.js';
import { Config } from '../infra/config/config.js';
import { Scheduler } from '../infra/schedule/scheduler.js';
import { JsonBodyGuard } from '../pos/json-body.guard.js';
import { DemoOnly } from './demo-only.guard.js';
import { JsonOnly } from './json-only.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { readStep } from './step.js';

interface ClockAnswer {
  now: string;
}

/** The demo's clock. Only programs and pages of our own move it: infra/web refuses other origins, and forms are no JSON. */
@Controller('dev/clock')
@UseGuards(DemoOnly)
@UseFilters(ProblemFilter)
export class DemoClockController {
  constructor(
    private readonly clock: DemoClock,
    private readonly scheduler: Scheduler,
    private readonly config: Config,
  ) {}

  @Get()
  show(): ClockAnswer {
    return { now: this.clock.now().toISOString() };
  }

  /** Answers once the runs that became due are done. */
  @Post()
  @HttpCode(200)
  @UseGuards(JsonOnly, JsonBodyGuard)
  async advance(@Body() body: unknown): Promise<ClockAnswer> {
    const now = await this.clock.advance(readStep(body, this.clock.now(), this.config.timeZone));
    await this.scheduler.runDue(now);
    return this.show();
  }
}
