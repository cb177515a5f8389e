import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { Clock } from '../shared/clock.js';
import { quietUntil } from './quiet-hours.js';

/** The programme's quiet hours, by business time in its own zone. */
@Injectable()
export class Quiet {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** When they end; null while one may be disturbed. */
  until(): Date | null {
    return quietUntil(this.clock.now(), this.config.messaging.quietHours, this.config.timeZone);
  }
}
