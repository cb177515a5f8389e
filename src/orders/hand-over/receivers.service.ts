import { Injectable } from '@nestjs/common';
import { Companies } from '../../customers/companies/companies.service.js';
import { Customers } from '../../customers/customers.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import { Papers } from '../../papers/papers.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { OrderConsents } from '../application/order-consents.service.js';
import type { StoredOrder } from '../order.js';
import type { HandOverNote } from './hand-over.service.js';

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
    private readonly papers: Papers,
  ) {}

  /**
   * Who ordered from the cabinet, or whoever survived them in a merge; else the customer of the contact phone, made where
   * there is none. Of a company it is the customer who is that company, or becomes it now. Their consent stands in their register
   * from then on. Throws phone_given_up where that phone's customer was merged into another, and InvalidInput at `inn` where
   * it is missing, wrong or somebody else's.
   */
  async find(sql: Sql, order: StoredOrder, note: HandOverNote, actor: Actor): Promise<string> {
    const customerId =
      order.company === null ? await this.person(sql, order, note) : await this.companyOf(sql, order, note, actor);
    await this.consents.register(sql, customerId, order);
    return customerId;
  }

  /** The papers are theirs from then on; who uses a company's line is what the clerk was told, and the company says the rest. */
  async settle(sql: Sql, order: StoredOrder, { customerId, ...line }: HandedOver, actor: Actor): Promise<void> {
    if (order.company !== null) await this.users.handedOver(sql, customerId, line, actor);
    await this.papers.give(sql, order.id, customerId);
  }

  private async companyOf(sql: Sql, order: StoredOrder, note: HandOverNote, actor: Actor): Promise<string> {
    if (note.inn === null) throw new InvalidInput([{ path: 'inn', code: 'inn_needed' }]);
    const known = order.customer_id === null ? await this.companies.customerWith(sql, note.inn) : null;
    const customerId = known ?? (await this.person(sql, order, note));
    await this.companies.findOrRegister(sql, customerId, { name: order.company!, inn: note.inn }, actor);
    return customerId;
  }

  private async person(sql: Sql, order: StoredOrder, { surname, name, patronymic }: HandOverNote): Promise<string> {
    const person = { surname, name, patronymic, email: order.email };
    if (order.customer_id !== null) {
      const [known] = await sql.query<{ id: string }>(
        'select coalesce(merged_into, id) as id from customer where id = $1',
        [order.customer_id],
      );
      await this.customers.fillEmptyFields(sql, known!.id, person);
      return known!.id;
    }
    const openPointsAccount = (inside: Sql): Promise<string> => this.ledger.openPointsAccount(inside);
    const { phone, language } = order;
    const { customerId } = await this.customers.joinOrCreate(sql, { phone, person, language, openPointsAccount });
    return customerId;
  }
}
