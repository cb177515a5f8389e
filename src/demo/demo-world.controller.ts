import { Controller, Get, UseFilters, UseGuards } from '@nestjs/common';
import { DemoOnly } from './demo-only.guard.js';
import { DemoWorld } from './demo-world.service.js';
import { ProblemFilter } from './problem.filter.js';
import type { WorldAnswer } from './world.js';

@Controller('dev/world.json')
@UseGuards(DemoOnly)
@UseFilters(ProblemFilter)
export class DemoWorldController {
  constructor(private readonly world: DemoWorld) {}

  @Get()
  show(): Promise<WorldAnswer> {
    return this.world.show();
  }
}
