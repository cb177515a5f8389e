import { Controller, Get, Query } from '@nestjs/common';
import { Roles } from '../infra/web/guards.js';
import { Page } from '../infra/web/page.js';
import { addressOf, pagePaths, type PageQuery, textOf } from './page-query.js';
import { readableEvent } from './readable-event.js';
import { AuditQueries } from './queries/audit.queries.js';

const PATH = '/admin/audit';
const ACTORS = ['staff', 'customer', 'terminal', 'system', 'stranger'] as const;

@Controller('admin/audit')
@Roles('admin')
export class AuditController {
  constructor(private readonly events: AuditQueries) {}

  @Get()
  @Page('backoffice/audit', 'backoffice')
  async list(@Query() query: PageQuery): Promise<object> {
    const actor = ACTORS.find((kind) => kind === query['actor']) ?? null;
    const object = textOf(query, 'object');
    const kind = textOf(query, 'kind');
    const filter = { actorKind: actor, objectKinds: kind ? [kind] : null, objectIds: object ? [object] : null };
    const page = await this.events.list(filter, query['after']);
    const filters = { actor, kind, object };
    return {
      filters,
      chips: ACTORS.map((name) => ({
        name,
        current: name === actor,
        path: addressOf(PATH, { ...filters, actor: name === actor ? null : name }),
      })),
      events: page.rows.map(readableEvent),
      ...pagePaths(PATH, filters, query, page),
    };
  }
}
