import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { type OperatorForm, Operators } from '../../tariffs/operators.service.js';
import { Clerk } from '../clerk.js';
import { NewOperatorDto, OperatorDto } from './operator.dto.js';
import { TariffQueries } from './tariffs.queries.js';

/** The operators whose tariffs and SIM cards are sold. */
@Controller('admin/tariffs/operators')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class OperatorsController {
  constructor(
    private readonly operators: Operators,
    private readonly queries: TariffQueries,
  ) {}

  @Get()
  @Page('backoffice/tariffs/operators', 'backoffice')
  async list(): Promise<object> {
    const [operators, counts] = await Promise.all([this.operators.list(), this.queries.countByOperator()]);
    const last = Math.max(0, ...operators.map(({ position }) => position));
    return {
      operators: operators.map(({ id, code, name, colour }) => ({
        id,
        code,
        name,
        colour,
        tariffs: counts.get(id) ?? 0,
      })),
      next: Math.min(last + 10, 9999),
    };
  }

  @Post()
  @FormPage('backoffice/tariffs/operators', (it: OperatorsController) => it.list())
  async add(@Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const form = validateForm(NewOperatorDto, body);
    const { name } = await this.operators.addOperator({ ...formOf(form), code: form.key }, clerk);
    return seeOther('/admin/tariffs/operators', 'tariffs:operators.added', { name });
  }

  @Get(':id')
  @Page('backoffice/tariffs/operator', 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    const { name, code, colour, iccidPrefixes, position } = await this.operators.findOperator(id);
    return { operator: { id, name, code, colour, prefixes: iccidPrefixes.join(' '), position } };
  }

  @Post(':id')
  @FormPage('backoffice/tariffs/operator', (it: OperatorsController, req) => it.show(String(req.params['id'])))
  async edit(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.operators.findOperator(id);
    await this.operators.editOperator(id, formOf(validateForm(OperatorDto, body)), clerk);
    return seeOther('/admin/tariffs/operators', 'tariffs:operators.saved');
  }
}

function formOf({ name, colour, prefixes, position }: OperatorDto): OperatorForm {
  return { name, colour, position, iccidPrefixes: [...new Set((prefixes ?? '').match(/\d+/g))] };
}
