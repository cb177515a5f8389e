import { Body, Controller, Post } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { viewer } from '../../infra/web/viewer.js';
import type { Actor } from '../../shared/actor.js';
import type { KeptCount } from '../../sims/stock/stock-keeping.service.js';
import { Clerk } from '../clerk.js';
import { addressOf, type PageQuery } from '../page-query.js';
import { filtersIn, SimDesk } from './sim-desk.service.js';
import { queryOf } from './sim-filter.js';
import { BulkMoveDto, BulkWriteOffDto } from './sim-forms.js';
import { SimPages } from './sim-pages.service.js';

const again = (it: BulkController, req: Request): Promise<object> => it.list(req);

/** Many cards at once, from their list. */
@Controller('admin/sims/many')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class BulkController {
  constructor(
    private readonly pages: SimPages,
    private readonly desk: SimDesk,
  ) {}

  @Post('moves')
  @FormPage('backoffice/sims/list', again)
  async move(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    return done('moved', body, await this.desk.moveMany(validateForm(BulkMoveDto, body), body, clerk));
  }

  @Post('write-offs')
  @FormPage('backoffice/sims/list', again)
  async writeOff(@Body() body: PageQuery, @Clerk() clerk: Actor): Promise<SeeOther> {
    return done('written_off', body, await this.desk.writeOffMany(validateForm(BulkWriteOffDto, body), body, clerk));
  }

  list(req: Request): Promise<object> {
    const body = (req.body ?? {}) as PageQuery;
    return this.pages.list(filtersIn(body), viewer(req)?.role, [body['sim'] ?? []].flat());
  }
}

function done(verb: 'moved' | 'written_off', body: PageQuery, { done: count, left }: KeptCount): SeeOther {
  const text = left > 0 ? `sims:done.many_${verb}_left` : `sims:done.many_${verb}`;
  return seeOther(addressOf('/admin/sims', queryOf(filtersIn(body))), text, { count, left });
}
