import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { expectReachable, type Wish } from '../application/application.js';
import { OpenTariffs } from '../application/open-tariffs.service.js';
import { expectOpenOffice, OrderWriter } from '../application/order-writer.service.js';
import { mayBeEdited, mayChangeTariff, mayChangeWay, type StoredOrder } from '../order.js';
import { OrderNotices } from '../order-notices.service.js';
import { lockSeenOrder, saveOrder, writeEvent } from '../order-rows.js';
import { OrderHasCard, OrderStateForbids } from '../orders.errors.js';
import type { SeenOrder } from './order-desk.service.js';

/** What a clerk puts right. */
export interface OrderEdit extends Wish {
  name: string;
  company: string | null;
  /** E.164. */
  phone: string;
  email: string | null;
  tariffSlug: string;
}

const EDITABLE = [
  ...(['name', 'company', 'phone', 'email', 'foreign_citizen', 'way', 'address', 'office_id'] as const),
  ...(['tariff_version_id', 'sim_kind', 'wanted_number'] as const),
];
type TariffColumns = Pick<StoredOrder, 'tariff_version_id' | 'operator_id'>;
type Editable = Pick<StoredOrder, (typeof EDITABLE)[number]> & TariffColumns;

/** Puts an order right until its card is handed over (T3). */
@Injectable()
export class OrderEdits {
  constructor(
    private readonly database: Database,
    private readonly tariffs: OpenTariffs,
    private readonly writer: OrderWriter,
    private readonly notices: OrderNotices,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the form as a whole and returns which columns changed. Another tariff comes in the version that counts now; the
   * one that the order has stays in the version that was agreed upon. Throws OrderNotFound, OrderChanged,
   * OrderStateForbids, OrderHasCard, and InvalidInput for a tariff that is gone, an office that is closed, delivery
   * to a foreign citizen (law, telecom C5) and another way where the card is on its way already.
   */
  async edit(seen: SeenOrder, edit: OrderEdit): Promise<readonly string[]> {
    expectReachable(edit);
    const tariff = await this.anotherTariff(seen.id, edit.tariffSlug);
    const changed = await this.database.transaction((sql) => this.editWithin(sql, seen, edit, tariff));
    this.notices.ring();
    return changed;
  }

  private async editWithin(
    sql: Sql,
    seen: SeenOrder,
    edit: OrderEdit,
    tariff: TariffColumns | null,
  ): Promise<readonly string[]> {
    const order = await lockSeenOrder(sql, seen);
    if (!mayBeEdited(order)) throw new OrderStateForbids();
    const { tariff_version_id, operator_id } = order;
    const after: Editable = { ...columnsOf(edit), ...(tariff ?? { tariff_version_id, operator_id }) };
    const changed = EDITABLE.filter((column) => after[column] !== order[column]);
    if (changed.length === 0) return changed;
    await expectAllowed(sql, order, after, changed);
    await this.save(sql, order, after, { changed, clerkId: seen.clerkId });
    return changed;
  }

  private async save(
    sql: Sql,
    order: StoredOrder,
    after: Editable,
    { changed, clerkId }: { changed: readonly string[]; clerkId: string },
  ): Promise<void> {
    const actor = { kind: 'staff', id: clerkId } as const;
    const newPhone = changed.includes('phone');
    // Whoever has the old phone has its link too: they may still look, but no longer cancel.
    const link_id = newPhone ? await this.newLink(sql, order.id) : order.link_id;
    const saved = await saveOrder(sql, order, { ...after, link_id });
    await writeEvent(sql, { orderId: order.id, kind: 'changed', fields: changed, actor, at: this.clock.now() });
    const object = { kind: 'sim_order', id: order.id };
    await this.audit.record(sql, { actor, action: 'sim_order.changed', object, facts: { changed } });
    if (newPhone) await this.notices.greet(sql, saved);
  }

  private async newLink(sql: Sql, orderId: string): Promise<string> {
    await sql.query('update sim_order_link set may_cancel = false where order_id = $1 and may_cancel', [orderId]);
    const id = newId();
    await this.writer.link(sql, { id, orderId, mayCancel: true, browser: null });
    return id;
  }

  /** Null for the one that it has. Whoever changes that meanwhile changes the revision too. */
  private async anotherTariff(orderId: string, slug: string): Promise<TariffColumns | null> {
    const kept = await this.database.query(
      `select from sim_order s join tariff_version v on v.id = s.tariff_version_id join tariff t on t.id = v.tariff_id
       where s.id = $1 and t.slug = $2`,
      [orderId, slug],
    );
    if (kept.length > 0) return null;
    const { versionId, tariffId } = await this.tariffs.choose(slug);
    const [tariff] = await this.database.query<{ operator_id: string }>(
      'select operator_id from tariff where id = $1',
      [tariffId],
    );
    return { tariff_version_id: versionId, operator_id: tariff!.operator_id };
  }
}

function columnsOf(edit: OrderEdit): Omit<Editable, keyof TariffColumns> {
  const { name, company, phone, email, way, address } = edit;
  const where = { way, address, office_id: edit.officeId };
  const card = { sim_kind: edit.simKind, wanted_number: edit.wantedNumber };
  return { name, company, phone, email, foreign_citizen: edit.foreignCitizen, ...where, ...card };
}

async function expectAllowed(
  sql: Sql,
  order: StoredOrder,
  after: Editable,
  changed: readonly (typeof EDITABLE)[number][],
): Promise<void> {
  const another = changed.includes('tariff_version_id') || changed.includes('sim_kind');
  if (another && !mayChangeTariff(order)) throw new OrderHasCard();
  if (changed.includes('way') && !mayChangeWay(order)) {
    throw new InvalidInput([{ path: 'way', code: 'order_way_late' }]);
  }
  if (changed.includes('office_id') && after.office_id !== null) await expectOpenOffice(sql, after.office_id);
}
