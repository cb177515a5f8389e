import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { sqlOf } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { Operator } from './operator.entity.js';
import { OperatorNotFound } from './tariffs.errors.js';

/** What staff write down about an operator; its code stays, files and programs know it. */
export interface OperatorForm {
  name: string;
  /** `#00985f` */
  colour: string;
  iccidPrefixes: string[];
  position: number;
}

/** The operators whose tariffs and SIM cards we sell. */
@Injectable()
export class Operators {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they are shown. */
  list(): Promise<Operator[]> {
    return this.em.fork().find(Operator, {}, { orderBy: { position: 'asc', name: 'asc' }, limit: 200 });
  }

  async findOperator(id: string): Promise<Operator> {
    const operator = await this.em.fork().findOne(Operator, { id });
    if (!operator) throw new OperatorNotFound();
    return operator;
  }

  /** Refuses a code or a name that another operator has. */
  addOperator(form: OperatorForm & { code: string }, actor: Actor): Promise<Operator> {
    return this.change(async (em) => {
      const operator = new Operator();
      Object.assign(operator, form, { createdAt: this.clock.now() });
      await em.persist(operator).flush();
      await this.record(em, 'operator.added', operator.id, actor, { after: form });
      return operator;
    });
  }

  async editOperator(id: string, form: OperatorForm, actor: Actor): Promise<void> {
    await this.change(async (em) => {
      const operator = await em.findOne(Operator, { id });
      if (!operator) throw new OperatorNotFound();
      const { name, colour, iccidPrefixes, position } = operator;
      em.assign(operator, form);
      await em.flush();
      const before = { name, colour, iccidPrefixes, position };
      await this.record(em, 'operator.edited', id, actor, { before, after: form });
    });
  }

  private async change<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.em.fork().transactional(work);
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const byName = error.message.includes('operator_name_idx');
      throw new InvalidInput([
        byName ? { path: 'name', code: 'operator_name_taken' } : { path: 'key', code: 'operator_code_taken' },
      ]);
    }
  }

  private record(em: EntityManager, action: string, id: string, actor: Actor, facts: object): Promise<void> {
    return this.audit.record(sqlOf(em), { actor, action, object: { kind: 'operator', id }, facts: { ...facts } });
  }
}
