import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let operator: Visitor;

beforeAll(async () => {
  operator = await app.signInStaff(await app.world.hire('operator'));
});

interface Person {
  customerId: string;
  phone: string;
  number: string;
}

async function newcomer(surname: string, name: string): Promise<Person> {
  const { till } = await app.world.openStation();
  const { customerId, phone, number } = await app.world.activeCard(till);
  await app.database.query('update customer set surname = $2, name = $3, email = $4 where id = $1', [
    customerId,
    surname,
    name,
    `${number}@mail.example`,
  ]);
  return { customerId, phone, number };
}

async function found(query: string): Promise<string[]> {
  const list = await operator.open(`/admin/customers?q=${encodeURIComponent(query)}`);
  expect(list.status).toBe(200);
  return page(list)
    .querySelectorAll('a[data-row]')
    .map((link) => link.getAttribute('href')!.split('/').pop()!);
}

describe('the search for customers', () => {
  let anna: Person;
  let semyon: Person;
  let double: Person;

  beforeAll(async () => {
    anna = await newcomer('Лебедева', 'Анна');
    semyon = await newcomer('Семёнов', 'Пётр');
    double = await newcomer('Аннаева', 'Лейла');
  });

  it('knows a phone in any spelling', async () => {
    const digits = anna.phone.slice(2);
    const [area, a, b, c] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)];
    for (const typed of [anna.phone, `8${digits}`, digits, `+7 (${area}) ${a}-${b}-${c}`, `8 ${area} ${a} ${b} ${c}`]) {
      expect(await found(typed)).toEqual([anna.customerId]);
    }
  });

  it('knows the end of a phone, a card, an address', async () => {
    expect(await found(anna.phone.slice(-4))).toContain(anna.customerId);
    expect(await found(anna.phone.slice(-7))).toEqual([anna.customerId]);
    expect(await found(anna.number)).toEqual([anna.customerId]);
    expect(await found(anna.number.replace(/(\d{4})/g, '$1 '))).toEqual([anna.customerId]);
    expect(await found(`${anna.number}@MAIL.example`)).toEqual([anna.customerId]);
  });

  it('knows names by their beginning, with ё or without, in any order', async () => {
    for (const typed of ['Семёнов', 'семенов', 'СЕМ', 'семенов пет', 'Пётр Сем', 'петр']) {
      expect(await found(typed)).toEqual([semyon.customerId]);
    }
  });

  it('gives surnames before names', async () => {
    expect(await found('анна')).toEqual([double.customerId, anna.customerId]);
    expect(await found('анна лебедева')).toEqual([anna.customerId]);
  });

  it('finds nobody and says what to try', async () => {
    const nobody = await operator.open('/admin/customers?q=Никто');
    expect(textOf(nobody)).toContain('Никого не нашли');
    expect(textOf(nobody)).toContain('последние 4 цифры');
    expect(page(nobody).querySelector('[name=q][value="Никто"]')).not.toBeNull();
  });

  it('leads from the box on top to the right page', async () => {
    const to = async (typed: string) =>
      (await operator.get(`/admin/search?q=${encodeURIComponent(typed)}`)).headers.location;
    expect(await to(anna.phone)).toBe(`/admin/customers/${anna.customerId}`);
    expect(await to('семенов')).toBe(`/admin/customers/${semyon.customerId}`);
    expect(await to(anna.number)).toBe(`/admin/cards/${anna.number}`);
    expect(await to('анна')).toBe(`/admin/customers?q=${encodeURIComponent('анна')}`);
    expect(await to('2990000000002')).toBe('/admin/search/results?q=2990000000002');
    const nothing = textOf(await operator.open('/admin/search?q=2990000000002'));
    expect(nothing).toContain('Ничего не нашли');
    expect(nothing).toContain('Карты: номер карты целиком');
  });
});

describe('the list of customers', () => {
  it('goes on page by page without leaving anybody out', async () => {
    await app.database.query(
      `with made as (
         insert into account (id, kind, unit, balance) select gen_random_uuid(), 'points', 'point', 0 from generate_series(1, 130)
         returning id),
       numbered as (select id, row_number() over () as n from made),
       logins as (
         insert into login (id, phone) select id, '+7999' || lpad(n::text, 7, '0') from numbered returning id, phone)
       insert into customer (id, surname, name, points_account_id, created_at)
       select id, 'Листов', case when n % 2 = 0 then 'Иван' else 'Олег' end, id, $1::timestamptz - interval '2 days' from numbered`,
      [app.clock.now()],
    );
    for (const [start, expected] of [
      ['/admin/customers?q=листов', 130],
      ['/admin/customers?q=иван+листов', 65],
      ['/admin/customers?q=990000010', 1],
      ['/admin/customers', 130 + 3],
    ] as const) {
      const seen: string[] = [];
      let path: string | undefined = encodeURI(start);
      for (let pages = 0; path && pages < 10; pages++) {
        const list = await operator.open(path);
        seen.push(
          ...page(list)
            .querySelectorAll('a[data-row]')
            .map((link) => link.getAttribute('href')!),
        );
        path = page(list).querySelector('a[rel=next]')?.getAttribute('href');
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(expected);
    }
  });

  it('shows who joined lately', async () => {
    const today = page(await operator.open('/admin/customers?joined=today'));
    expect(today.text).not.toContain('Листов');
    const week = page(await operator.open('/admin/customers?joined=week'));
    expect(week.text).toContain('Листов');
    expect(week.querySelector('a.chip[aria-current]')!.text).toContain('За 7 дней');
  });
});

describe('the page of a customer', () => {
  it('tells balance, lots, cards and what made the points', async () => {
    const { till } = await app.world.openStation();
    const { customerId, number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '1250.50' });
    await till.purchase({ card: number, sum: '100.00', redeem: '10.00' });
    const text = textOf(await operator.open(`/admin/customers/${customerId}`));
    expect(text).toContain('Доступно баллов 3,40');
    expect(text).toContain('1 % от покупки');
    expect(text).toContain('+12,50');
    expect(text).toContain('−10');
    expect(text).toContain('Новый клиент');
  });

  it('hides the phone until somebody asks, and writes down who did', async () => {
    const { customerId, phone } = await newcomer('Тихонова', 'Вера');
    const spelled = phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7\u00a0$1\u00a0$2-$3-$4');
    const path = `/admin/customers/${customerId}`;
    for (const address of [path, '/admin/customers?q=Тихонова', '/admin/customers']) {
      const shown = await operator.open(encodeURI(address));
      expect(shown.text).not.toContain(spelled);
      expect(shown.text).not.toContain(phone);
    }
    const revealed = await operator.submit(path, {}, `${path}/phone-reveals`);
    expect(revealed.text).toContain(spelled);
    expect((await operator.open(path)).text).not.toContain(spelled);
    const events = await app.database.query(
      `select actor_kind, facts from audit_log where action = 'customer.phone_revealed' and object_id = $1`,
      [customerId],
    );
    expect(events).toEqual([{ actor_kind: 'staff', facts: {} }]);
  });

  it('gives an accountant no way to the phone', async () => {
    const accountant = await app.signInStaff(await app.world.hire('accountant'));
    const { customerId } = await newcomer('Фролова', 'Ева');
    expect((await accountant.open(`/admin/customers/${customerId}`)).text).not.toContain('phone-reveals');
  });
});
