import type { Type } from '@nestjs/common';
import type { Recurrence } from './recurrence.js';

/** Finds a service of any room. */
export type Rooms = <Service>(service: Type<Service>) => Service;

/** A recurring job: what src/schedules.ts lists. */
export interface Schedule {
  name: string;
  at: Recurrence;
  /** Missed runs are made up one by one, each with its own due time, or by a single run. */
  missed: 'each' | 'once';
  run(rooms: Rooms, now: Date): Promise<unknown>;
}

export const SCHEDULES = Symbol('schedules');
