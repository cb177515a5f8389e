import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule as NestScheduleModule } from '@nestjs/schedule';
import { Purge } from './purge.js';
import { RunBook } from './run-book.js';
import { type Schedule, SCHEDULES } from './schedule.js';
import { Scheduler } from './scheduler.js';

@Module({})
export class ScheduleModule {
  static for(schedules: readonly Schedule[]): DynamicModule {
    return {
      module: ScheduleModule,
      global: true,
      imports: [NestScheduleModule.forRoot()],
      providers: [RunBook, Scheduler, Purge, { provide: SCHEDULES, useValue: schedules }],
      exports: [Scheduler],
    };
  }
}
