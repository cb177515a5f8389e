import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';

export interface KnownCustomer {
  id: string;
  surname: string | null;
  name: string | null;
  patronymic: string | null;
  /** The three in one line; null where they have told none. */
  fullName: string | null;
  language: Language;
  /** Of the company that they are. */
  inn: string | null;
}

const COLUMNS = `c.id, c.surname, c.name, c.patronymic, c.language,
  nullif(concat_ws(' ', c.surname, c.name, c.patronymic), '') as "fullName",
  (select inn from company where customer_id = c.id and closed_at is null) as inn`;

/** Whose the number becomes when the card is handed over. */
@Injectable()
export class KnownCustomers {
  constructor(private readonly database: Database) {}

  /** Whose cabinet a phone opens: a contact phone, E.164, or the number of a line that its customer uses themselves. */
  async ofPhone(phone: string): Promise<KnownCustomer | null> {
    const [found] = await this.database.query<KnownCustomer>(
      `select ${COLUMNS}
       from (select id from login where phone = $1 union all select login_id from login_number where phone = $1) o
       join login l using (id) join customer c using (id)
       where l.disabled_at is null order by l.phone <> $1 limit 1`,
      [phone],
    );
    return found ?? null;
  }

  /** The customer, or whoever survived them in a merge. */
  async survivor(customerId: string): Promise<KnownCustomer | null> {
    const [found] = await this.database.query<KnownCustomer>(
      `select ${COLUMNS} from customer c where c.id = (select coalesce(merged_into, id) from customer where id = $1)`,
      [customerId],
    );
    return found ?? null;
  }
}
