import { Clock } from '../../shared/clock.js';

/** The moment the story has reached: what happened half a year ago is written down as of then. */
export class StoryClock extends Clock {
  constructor(private moment: Date) {
    super();
  }

  moveTo(moment: Date): void {
    this.moment = moment;
  }

  now(): Date {
    return new Date(this.moment);
  }

  real(): Date {
    return this.now();
  }
}
