import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import {
  freeSlots,
  NEXT_TRIES,
  nextTryAt,
  openFrom,
  promiseFor,
  type Slot,
  type WorkingHours,
} from './working-hours.js';

/** «Как можно скорее»; anything else is the beginning of a slot, as `toISOString` writes it. */
export const SOON = 'soon';

export interface CallTime {
  at: Date;
  /** Whether the customer chose the moment; else it is until when we call. */
  chosen: boolean;
}

/** The operators' hours by business time. */
@Injectable()
export class CallbackHours {
  private readonly hours: WorkingHours;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.hours = { ...config.callbacks, zone: config.timeZone };
  }

  slots(): Slot[] {
    return freeSlots(this.clock.now(), this.hours, this.config.callbacks.promiseMinutes);
  }

  isOpen(): boolean {
    const now = this.clock.now();
    return openFrom(now, this.hours).getTime() === now.getTime();
  }

  /** When whoever wants «soon» is called. */
  promise(): Date {
    return promiseFor(this.clock.now(), this.hours, this.config.callbacks.promiseMinutes);
  }

  /** What a customer chose. Throws InvalidInput for an hour that is over or never was. */
  read(when: string): CallTime {
    return when === SOON ? { at: this.promise(), chosen: false } : { at: this.slot(when, 'when'), chosen: true };
  }

  /** When an operator tries again: one of `NEXT_TRIES` or a slot. Throws InvalidInput. */
  readNextTry(choice: string): Date {
    const known = NEXT_TRIES.find((name) => name === choice);
    return known ? nextTryAt(known, this.clock.now(), this.hours) : this.slot(choice, 'nextTry');
  }

  private slot(value: string, path: string): Date {
    const slot = this.slots().find(({ startsAt }) => startsAt.toISOString() === value);
    if (!slot) throw new InvalidInput([{ path, code: 'callback_slot' }]);
    return slot.startsAt;
  }
}
