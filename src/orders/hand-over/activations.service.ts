import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Lines } from '../../lines/lines.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import type { StoredTask } from '../../tasks/operator-task.js';
import { type Ending, OperatorTasks } from '../../tasks/operator-tasks.service.js';
import type { SeenOrder } from '../desk/order-desk.service.js';
import { mayMove, type StoredOrder } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockOrder, lockSeenOrder, saveOrder, writeEvent } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';

const LONGEST_COMMENT = 1000;

/** The operator switches the number on (T6): a task of the operator's, opened at hand-over; whoever ends it, this follows. */
@Injectable()
export class Activations implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly tasks: OperatorTasks,
    private readonly lines: Lines,
    private readonly moves: OrderMoves,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.handle('activate', {
      lock: (sql, task) => this.lock(sql, task),
      done: (sql, task, actor) => this.done(sql, task, actor),
      refused: (sql, task, ending) => this.refused(sql, task, ending),
    });
  }

  /** A locked order is handed over, with the line that it brought, and its operator is asked. Throws OrderStateForbids. */
  async begin(sql: Sql, order: StoredOrder, changes: Partial<StoredOrder>, actor: Actor): Promise<void> {
    await this.ask(sql, await this.moves.move(sql, order, { to: 'handed_over', changes, actor }), actor);
  }

  /** After the commit: messages go out. */
  ring(): void {
    this.moves.ring();
  }

  /** Throws OrderStateForbids where the order's line has another state by now, and TaskInFlight. */
  private async ask(sql: Sql, { line_id, operator_id, tariff_version_id }: StoredOrder, actor: Actor): Promise<void> {
    const { number, state } = await this.lines.lock(sql, line_id!);
    if (state !== 'handed_over') throw new OrderStateForbids();
    const [tariff] = await sql.query<{ name: string }>('select name from tariff_version where id = $1', [
      tariff_version_id,
    ]);
    const details = { kind: 'activate', number, tariff: tariff!.name } as const;
    await this.tasks.open(sql, { operatorId: operator_id, lineId: line_id!, details, actor });
  }

  /** «Попробовать ещё раз», where the operator refused or the task was called off. Throws OrderChanged, OrderStateForbids, TaskInFlight. */
  tryAgain(seen: SeenOrder): Promise<void> {
    return this.database.transaction(async (sql) => {
      const order = await lockSeenOrder(sql, seen);
      if (!mayMove(order, 'active')) throw new OrderStateForbids();
      const actor = { kind: 'staff', id: seen.clerkId } as const;
      await this.ask(sql, order, actor);
      await saveOrder(sql, order, { next_call_at: null });
      await this.note(sql, order, 'activation_asked', { actor });
    });
  }

  /** «Оператор включил номер». Throws OrderChanged, and OrderStateForbids where the operator was not asked. */
  async confirm(seen: SeenOrder): Promise<void> {
    await this.database.transaction((sql) => this.confirmWithin(sql, seen));
    this.moves.ring();
  }

  async confirmWithin(sql: Sql, seen: SeenOrder): Promise<void> {
    const order = await lockSeenOrder(sql, seen);
    const task = order.line_id === null ? undefined : await this.tasks.openTaskOf(sql, order.line_id);
    if (!mayMove(order, 'active') || task?.kind !== 'activate') throw new OrderStateForbids();
    await this.tasks.end(sql, task.id, 'done', { actor: { kind: 'staff', id: seen.clerkId } });
  }

  /** The order first, then its line: tasks come after both. */
  private async lock(sql: Sql, { line_id }: StoredTask): Promise<void> {
    await this.orderOf(sql, line_id);
    await this.lines.lock(sql, line_id);
  }

  private async done(sql: Sql, { line_id }: StoredTask, actor: Actor): Promise<void> {
    await this.lines.activate(sql, line_id, actor);
    const order = await this.orderOf(sql, line_id);
    if (order) await this.moves.move(sql, order, { to: 'active', actor });
  }

  /** Somebody has to call the customer at once. */
  private async refused(sql: Sql, { line_id }: StoredTask, { words, actor }: Ending): Promise<void> {
    const order = await this.orderOf(sql, line_id);
    if (!order) return;
    await saveOrder(sql, order, { next_call_at: this.clock.now().toISOString() });
    await this.note(sql, order, 'activation_refused', { words, actor });
  }

  /** Locked; the order that waits for this line, where one does. */
  private async orderOf(sql: Sql, lineId: string): Promise<StoredOrder | undefined> {
    const [line] = await sql.query<{ id: string }>(
      `select o.id from line l join sim_order o on o.id = l.order_id and o.line_id = l.id where l.id = $1`,
      [lineId],
    );
    if (!line) return undefined;
    const order = await lockOrder(sql, line.id);
    return mayMove(order, 'active') ? order : undefined;
  }

  private async note(
    sql: Sql,
    { id }: StoredOrder,
    kind: 'activation_refused' | 'activation_asked',
    { words, actor }: Pick<Ending, 'words' | 'actor'>,
  ): Promise<void> {
    const comment = words?.slice(0, LONGEST_COMMENT);
    await writeEvent(sql, { orderId: id, kind, comment, actor, at: this.clock.now() });
    await this.audit.record(sql, { actor, action: `sim_order.${kind}`, object: { kind: 'sim_order', id } });
  }
}
