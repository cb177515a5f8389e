import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Companies } from '../../customers/companies/companies.service.js';
import { Customers } from '../../customers/customers.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { OrderConsents } from '../application/order-consents.service.js';
import type { StoredOrder } from '../order.js';
import type { HandOverNote } from './hand-over.service.js';
import { differingName, isSameCompany, type KnownName } from './same-receiver.js';

interface HandedOver {
  customerId: string;
  lineId: string;
  usedBy: string | null;
}

/** Whose the number becomes, and who uses it where that is a company. */
@Injectable()
export class Receivers {
  constructor(
    private readonly customers: Customers,
    private readonly companies: Companies,
    private readonly users: LineUsers,
    private readonly ledger: Ledger,
    private readonly consents: OrderConsents,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Who ordered from the cabinet, or whoever survived them in a merge; else the customer of the contact phone, made where
   * there is none. Of a company it is the customer who is that company, or becomes it now. Their consent stands in their register
   * from then on. Throws phone_given_up where that phone's customer was merged into another, and InvalidInput at `inn` where
   * it is missing, wrong or somebody else's, and at the name where the profile has another and the clerk did not say that it is
   * the same person.
   */
  async find(sql: Sql, order: StoredOrder, note: HandOverNote, actor: Actor): Promise<string> {
    const customerId =
      order.company === null
        ? await this.person(sql, order, note, actor)
        : await this.companyOf(sql, order, note, actor);
    await this.consents.register(sql, customerId, order);
    return customerId;
  }

  /** Who uses a company's line is what the clerk was told, and the company says the rest. */
  async settle(sql: Sql, order: StoredOrder, { customerId, ...line }: HandedOver, actor: Actor): Promise<void> {
    if (order.company !== null) await this.users.handedOver(sql, customerId, line, actor);
  }

  private async companyOf(sql: Sql, order: StoredOrder, note: HandOverNote, actor: Actor): Promise<string> {
    if (note.inn === null) throw new InvalidInput([{ path: 'inn', code: 'inn_needed' }]);
    const holder = await this.companies.holderOf(sql, note.inn);
    if (order.customer_id === null && holder && !note.forCompany && !isSameCompany(holder.name, order.company!)) {
      throw new InvalidInput([{ path: 'inn', code: 'inn_elsewhere', params: { name: holder.name } }]);
    }
    const known = order.customer_id === null ? holder?.customerId : undefined;
    const customerId = known ?? (await this.person(sql, order, note, actor, holder?.customerId));
    await this.companies.findOrRegister(sql, customerId, { name: order.company!, inn: note.inn }, actor);
    return customerId;
  }

  /** Whoever receives a company's number for it (`companyOwner`) need not be who the company is. */
  private async person(
    ...[sql, order, note, actor, companyOwner]: [Sql, StoredOrder, HandOverNote, Actor, string?]
  ): Promise<string> {
    const { surname, name, patronymic } = note;
    const person = { surname, name, patronymic, email: order.email };
    if (order.customer_id !== null) {
      const [known] = await sql.query<{ id: string }>(
        'select coalesce(merged_into, id) as id from customer where id = $1',
        [order.customer_id],
      );
      if (known!.id !== companyOwner) await this.expectSame(sql, order, known!.id, note, actor);
      await this.customers.fillEmptyFields(sql, known!.id, person);
      return known!.id;
    }
    const openPointsAccount = (inside: Sql): Promise<string> => this.ledger.openPointsAccount(inside);
    const { phone, language } = order;
    const { customerId } = await this.customers.joinOrCreate(sql, { phone, person, language, openPointsAccount });
    await this.expectSame(sql, order, customerId, note, actor);
    return customerId;
  }

  /** The document says another name than the profile: the clerk says that it is the same person, and that is on record. */
  private async expectSame(
    ...[sql, order, id, note, actor]: [Sql, StoredOrder, string, HandOverNote, Actor]
  ): Promise<void> {
    const [known] = await sql.query<KnownName>(
      `select surname, name, concat_ws(' ', surname, name, patronymic) as "fullName" from customer where id = $1`,
      [id],
    );
    const path = differingName(known!, note);
    if (path === null) return;
    if (!note.samePerson) {
      throw new InvalidInput([{ path, code: 'receiver_differs', params: { name: known!.fullName } }]);
    }
    const object = { kind: 'sim_order', id: order.id };
    await this.audit.record(sql, { actor, action: 'sim_order.receiver_confirmed', object, facts: { customer: id } });
  }
}
