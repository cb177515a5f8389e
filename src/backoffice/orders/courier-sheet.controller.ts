import { Controller, Get, Query } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Page } from '../../infra/web/page.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { Clerk } from '../clerk.js';
import type { PageQuery } from '../page-query.js';

const MOST = 200;

/** «Маршрутный лист»: what a courier takes along, to print. Whole phones stand there, so it is on record who opened it. */
@Controller('admin/orders/courier')
@OnLine('telecom')
export class CourierSheetController {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** `?mine=1` for what this member of staff has. */
  @Get('sheet')
  @Roles('admin', 'manager', 'operator')
  @Page('backoffice/orders/courier', 'backoffice')
  async sheet(@Query() query: PageQuery, @Clerk() clerk: Actor): Promise<object> {
    const mine = query['mine'] === '1';
    const stops = await this.database.query(
      `select s.number, s.name, s.company, s.phone, s.address, s.comment, p.name as operator, v.name as tariff, c.number as sim_number
       from sim_order s join operator p on p.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id
       join sim_card c on c.id = s.sim_id
       where s.closed_at is null and s.state = 'in_delivery' and ($1::uuid is null or s.assignee_id = $1)
       order by s.address, s.id limit ${MOST}`,
      [mine ? clerk.id : null],
    );
    const object = { kind: 'sim_order', id: 'courier' };
    const facts = { count: stops.length };
    await this.audit.record(this.database, { actor: clerk, action: 'sim_order.sheet_opened', object, facts });
    return { stops, mine, day: this.clock.now() };
  }
}
