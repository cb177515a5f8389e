import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type PileCount, workPile } from '../../infra/database/pile.js';
import { type SeenTask, TaskDesk } from './task-desk.service.js';

/** Many tasks at once, each in a transaction of its own. */
@Injectable()
export class TaskPiles {
  constructor(
    private readonly database: Database,
    private readonly desk: TaskDesk,
  ) {}

  /** «Взять». */
  take(pile: readonly SeenTask[]): Promise<PileCount> {
    return workPile(this.database, pile, (sql, seen) => this.desk.assignWithin(sql, seen, seen.clerkId));
  }

  /** «Отправлены оператору»: a letter or a list of the operator's program that held all of them. */
  send(pile: readonly SeenTask[], reference: string | null): Promise<PileCount> {
    return workPile(this.database, pile, (sql, seen) => this.desk.sendWithin(sql, seen, reference));
  }
}
