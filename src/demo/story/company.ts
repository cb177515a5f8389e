import type { Sql } from '../../infra/database/sql.js';
import type { EsiaState } from '../../lines/esia/esia.js';
import type { LineUser } from '../../lines/users/line-user.js';
import { SYSTEM } from '../../shared/actor.js';
import type { Ordering, OrderTeller } from './orders.js';
import type { OrderClerks } from './order-rooms.js';

interface Scene extends Ordering {
  teller: OrderTeller;
}

interface Number {
  /** When it was ordered and handed over. */
  daysAgo: number;
  /** Null where the company has not said yet. */
  user: LineUser | null;
  esia: EsiaState;
  /** When the company or the operator had their say. */
  saidDaysAgo?: number;
}

const DAY_MS = 86_400_000;
/** Among the customers: the third. */
const DIRECTOR = 2;
const COMPANY = {
  ...{ name: 'ООО «Гранит-Сервис»', fullName: 'Общество с ограниченной ответственностью «Гранит-Сервис»' },
  ...{ inn: '7830002293', kpp: '783001001', ogrn: null, address: 'Санкт-Петербург, Лиговский пр., 50' },
  ...{ bik: '049805746', account: '40602810700000000025', correspondent: '30101810800000000746' },
  ...{ signer: 'генеральный директор Волкова Анна Игоревна', signerBasis: 'Устав', email: 'buh@granit.example' },
};
const NUMBERS: readonly Number[] = [
  { daysAgo: 30, user: person('Седов Игорь Петрович', 'водитель'), esia: 'confirmed', saidDaysAgo: 26 },
  {
    daysAgo: 25,
    user: device('Терминал оплаты', 'IMEI 356938035643809, Лиговский пр., 50'),
    esia: 'confirmed',
    saidDaysAgo: 22,
  },
  { daysAgo: 14, user: null, esia: 'to_do' },
  { daysAgo: 9, user: person('Яковлева Инна Олеговна', 'менеджер'), esia: 'to_do' },
  { daysAgo: 8, user: person('Титов Павел Андреевич', 'склад'), esia: 'submitted', saidDaysAgo: 2 },
  { daysAgo: 3, user: person('Рогова Дарья Сергеевна', 'бухгалтерия'), esia: 'to_do' },
];

/** A company with a number in each state that ESIA knows. */
export async function connectCompany(sql: Sql, clerks: OrderClerks, scene: Scene): Promise<void> {
  const { name, surname, phone } = scene.customers[DIRECTOR]!;
  for (const { daysAgo, user, esia, saidDaysAgo } of NUMBERS) {
    const business = { inn: COMPANY.inn, usedBy: user?.name ?? null };
    const wish = { operator: 'mts', who: { name, surname, phone }, business, more: { company: COMPANY.name } };
    const orderId = await scene.teller.order({ ...wish, at: [daysAgo, 11], way: 'pickup' }, { to: 'active' });
    const [line] = await sql.query<{ id: string; customer_id: string }>(
      'select id, customer_id from line where order_id = $1',
      [orderId],
    );
    const { id: lineId, customer_id: customerId } = line!;
    if (user) await clerks.users.name(customerId, lineId, user, SYSTEM);
    if (saidDaysAgo === undefined) continue;
    scene.clock.moveTo(new Date(scene.now.getTime() - saidDaysAgo * DAY_MS));
    await clerks.esia.moveWithin(
      sql,
      customerId,
      { lineIds: [lineId], to: esia },
      { kind: 'staff', id: scene.teller.clerkId },
    );
  }
  const [login] = await sql.query<{ id: string }>('select id from login where phone = $1', [phone]);
  await clerks.companies.save({ customerId: login!.id, revision: 1 }, COMPANY, SYSTEM);
}

function person(name: string, note: string): LineUser {
  return { name, kind: 'person', note };
}

function device(name: string, note: string): LineUser {
  return { name, kind: 'device', note };
}
