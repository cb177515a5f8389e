import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { OnLine } from '../../infra/web/on-line.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { Operators } from '../../tariffs/operators.service.js';
import { placeholdersOf } from '../../tasks/instructions/placeholders.js';
import { type Place, TaskInstructions } from '../../tasks/instructions/task-instructions.service.js';
import { TASK_KINDS } from '../../tasks/operator-task.js';
import { Clerk } from '../clerk.js';
import { DropDto, InstructionDto } from './task.dto.js';

const HOUSE = 'house';
const HOME = '/admin/tasks/instructions';
const VIEW = 'backoffice/tasks/instruction';
const again = (it: InstructionsController, req: Request): Promise<object> => it.show(req);

/** What clerks are told to do, by kind: `house` for all operators, or the id of one. */
@Controller('admin/tasks/instructions')
@OnLine('telecom')
@Roles('admin', 'manager')
@Layout('backoffice')
export class InstructionsController {
  constructor(
    private readonly instructions: TaskInstructions,
    private readonly operators: Operators,
  ) {}

  @Get()
  @Page('backoffice/tasks/instructions', 'backoffice')
  async list(): Promise<object> {
    const instructions = TASK_KINDS.map(async (kind) => ({
      kind,
      ...(await this.instructions.at({ operatorId: null, kind })),
    }));
    return { instructions: await Promise.all(instructions) };
  }

  @Get(':operator/:kind')
  @Page(VIEW, 'backoffice')
  async show(@Req() { params }: Request): Promise<object> {
    const place = placeOf(params);
    const { operatorId, kind } = place;
    const operator = operatorId === null ? null : await this.operators.findOperator(operatorId);
    return {
      ...{ kind, operator: operator && { id: operator.id, name: operator.name } },
      path: `${HOME}/${operatorId ?? HOUSE}/${kind}`,
      instruction: await this.instructions.at(place),
      placeholders: placeholdersOf(kind).map((name) => `{${name}}`),
    };
  }

  @Post(':operator/:kind')
  @FormPage(VIEW, again)
  async save(@Req() { params }: Request, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const place = placeOf(params);
    if (place.operatorId !== null) await this.operators.findOperator(place.operatorId);
    const { words, revision } = validateForm(InstructionDto, body);
    await this.instructions.save(place, words, revision, clerk);
    return seeOther(`${HOME}/${params['operator'] as string}/${place.kind}`, 'tasks:done.instructionSaved');
  }

  /** Back to the house's words. */
  @Post(':operator/:kind/removal')
  @FormPage(VIEW, again)
  async drop(@Req() { params }: Request, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { operatorId, kind } = placeOf(params);
    if (operatorId === null) throw new DomainError('not_found', 'not_found');
    await this.operators.findOperator(operatorId);
    await this.instructions.dropOwn({ operatorId, kind }, validateForm(DropDto, body).revision, clerk);
    return seeOther(`${HOME}/${operatorId}/${kind}`, 'tasks:done.instructionDropped');
  }
}

function placeOf(params: Request['params']): Place {
  const kind = TASK_KINDS.find((known) => known === params['kind']);
  const operator = String(params['operator']);
  if (!kind || (operator !== HOUSE && !isUUID(operator))) throw new DomainError('not_found', 'not_found');
  return { kind, operatorId: operator === HOUSE ? null : operator.toLowerCase() };
}
