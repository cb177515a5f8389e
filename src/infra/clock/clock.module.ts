import { type DynamicModule, Module } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Config } from '../config/config.js';
import { DemoClock } from './demo-clock.js';
import { SystemClock } from './system-clock.js';

@Module({})
export class ClockModule {
  static for(config: Config): DynamicModule {
    return config.demo
      ? {
          module: ClockModule,
          global: true,
          providers: [DemoClock, { provide: Clock, useExisting: DemoClock }],
          exports: [Clock, DemoClock],
        }
      : {
          module: ClockModule,
          global: true,
          providers: [{ provide: Clock, useClass: SystemClock }],
          exports: [Clock],
        };
  }
}
