import { Controller, Param, Post } from '@nestjs/common';
import { SecurityAlarms } from '../../auth/first-log-in/security-alarms.service.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { Clerk } from '../clerk.js';

/** What the doors noticed: shown above the alerts until somebody takes note. */
@Controller('admin/alerts/alarms')
@Roles('admin', 'manager')
export class AlarmsController {
  constructor(private readonly alarms: SecurityAlarms) {}

  @Post(':id/acknowledgement')
  async acknowledge(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.alarms.acknowledge(id, clerk);
    return seeOther('/admin/alerts', 'access:alarmDone');
  }
}
