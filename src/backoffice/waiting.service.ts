import { Injectable } from '@nestjs/common';
import { type SecurityAlarm, SecurityAlarms } from '../auth/first-log-in/security-alarms.service.js';
import { AlertQueries } from './alerts/alert.queries.js';
import { CallbackQueries } from './callbacks/callback.queries.js';
import { TaskListQueries } from './tasks/task-list.queries.js';

export interface WhatWaits {
  /** Suspicions nobody has judged yet. */
  alerts: number;
  alarms: SecurityAlarm[];
  /** Customers who should have been called by now. */
  overdue: { count: number; limit: number; more: boolean };
  /** What operators should have done by now. */
  overdueTasks: { count: number; limit: number; more: boolean };
}

/** What waits for staff at this moment. */
@Injectable()
export class Waiting {
  constructor(
    private readonly suspicions: AlertQueries,
    private readonly doors: SecurityAlarms,
    private readonly callbacks: CallbackQueries,
    private readonly tasks: TaskListQueries,
  ) {}

  async now(now: Date): Promise<WhatWaits> {
    const [alerts, alarms, overdue, overdueTasks] = await Promise.all([
      this.suspicions.openCount(),
      this.doors.open(),
      this.callbacks.overdue(now),
      this.tasks.overdue(now),
    ]);
    return { alerts, alarms, overdue, overdueTasks };
  }
}
