import { Injectable } from '@nestjs/common';
import { Companies } from '../../customers/companies/companies.service.js';
import { Customers } from '../../customers/customers.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
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
  ) {}

  /**
   * Who ordered from the cabinet, or whoever survived them in a merge; else the customer of the contact phone, made where
   * there is none. Of a company it is the customer who is that company, or becomes it now. Throws phone_given_up where that
   * phone's customer was merged into another, and InvalidInput at `inn` where it is missing, wrong or somebody else's.
   */
  async find(sql: Sql, order: StoredOrder, note: HandOverNote, actor: Actor): Promise<string> {
    if (order.company === null) return this.person(sql, order, note);
    if (note.inn === null) throw new InvalidInput([{ path: 'inn', code: 'inn_needed' }]);
    const known = order.customer_id === null ? await this.companies.customerWith(sql, note.inn) : null;
    const customerId = known ?? (await this.person(sql, order, note));
    await this.companies.findOrRegister(sql, customerId, { name: order.company, inn: note.inn }, actor);
    return customerId;
  }

  /** Who uses a company's line, as far as the clerk was told; the company says the rest. */
  nameUser(sql: Sql, { customerId, ...line }: HandedOver, actor: Actor): Promise<void> {
    return this.users.handedOver(sql, customerId, line, actor);
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
