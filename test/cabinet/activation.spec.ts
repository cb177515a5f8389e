import { PossessionCodes } from '../../src/cards/possession-codes.service.js';
import { eventually } from '../support/eventually.js';
import { useApp } from '../support/app.js';
import { buy, wordsOf } from './shopping.js';
import { fieldErrors, type Fields, page, type Visitor } from '../support/visitor.js';

const app = useApp();
const PERSON = { surname: 'Петрова', name: 'Ирина', patronymic: 'Олеговна', email: 'irina@mail.example' };
const CONSENTS = { rulesConsent: 'on', personalDataConsent: 'on' };

/** The form with everything in order but for what is given. */
function form(fields: Fields): Fields {
  return { ...PERSON, ...CONSENTS, birthDate: '1990-05-31', sex: 'female', ...fields };
}

async function activate(visitor: Visitor, fields: Fields & { phone: string }): Promise<string> {
  const asked = await visitor.submit('/cards/activate', form(fields));
  const codePage = await visitor.follow(asked);
  const done = await visitor.submit(codePage, { code: await app.codeSentTo(fields.phone) });
  expect(done.headers.location).toBe('/cabinet');
  return wordsOf(await visitor.follow(done));
}

describe('activating a card', () => {
  it('takes the buyer from the till to their points, with what the card earned before', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    await buy(till, {
      card,
      lines: [{ category: 'fuel', sum: '2427.41', name: 'АИ-95', price: '61.50', quantity: '39.470' }],
    });
    await buy(till, { card, lines: [{ category: 'food', sum: '250.00', name: 'Кофе' }] });
    const visitor = app.visitor();
    const spaced = `${card.slice(0, 4)} ${card.slice(4, 8)} ${card.slice(8)}`;
    const home = await activate(visitor, { card: spaced, phone: app.world.newPhone() });
    // 1 % of 2427.41 and of 250.00, each rounded down.
    expect(home).toContain('Карта активирована. На ней уже 26,77 балла');
    expect(home).toContain('можно потратить 26,77 ₽');
    expect(home).toContain('АИ-95, 39,47 л');
    expect(home).toContain('Потратьте 26,77 балла до 15 июня 2027 включительно');

    const statement = wordsOf(await visitor.open('/cabinet/points'));
    expect(statement).toContain('Кофе');
    expect(statement).toMatch(new RegExp(`Баллы с карты ${spaced.slice(0, 9)}.* накоплены до активации 26,77`));
    expect(statement).toMatch(/Сегодня \+26,77/);
  });

  it('leads whoever is done on to the cabinet: sent twice, or with the way back', async () => {
    const till = await app.world.openTill();
    const [visitor, phone] = [app.visitor(), app.world.newPhone()];
    const asked = await visitor.submit('/cards/activate', form({ card: await app.world.sellCard(till), phone }));
    const codePage = await visitor.follow(asked);
    const code = await app.codeSentTo(phone);
    const answers = await Promise.all([1, 2].map(() => visitor.submit(codePage, { code })));
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual([
      [303, '/cabinet'],
      [303, '/cabinet'],
    ]);
    const path = asked.headers.location!;
    expect((await visitor.get(path)).headers.location).toBe('/cabinet');
    expect((await app.visitor().get(path)).status).toBe(404);
  });

  it('issues a virtual card once, and leads whoever has one to it', async () => {
    const [visitor, phone] = [app.visitor(), app.world.newPhone()];
    const asked = await visitor.submit('/cards/virtual', { ...CONSENTS, phone, name: 'Анна' });
    const codePage = await visitor.follow(asked);
    const code = await app.codeSentTo(phone);
    const answers = await Promise.all([1, 2].map(() => visitor.submit(codePage, { code })));
    expect(answers.map(({ headers }) => headers.location)).toEqual(['/cabinet/cards', '/cabinet/cards']);
    for (const path of ['/cards/virtual', asked.headers.location!]) {
      expect((await visitor.get(path)).headers.location).toBe('/cabinet/cards');
    }
    const cards = await app.database.query('select from card c join login l on l.id = c.customer_id where phone = $1', [
      phone,
    ]);
    expect(cards).toHaveLength(1);
  });

  it('asks to confirm the e-mail that came with the form, once for an address', async () => {
    const till = await app.world.openTill();
    const visitor = app.visitor();
    const [phone, email] = [app.world.newPhone(), 'olga@mail.example'];
    const links = async () =>
      (
        await app.database.query<{ body: string }>(`select body from dev_inbox where recipient = $1 order by at`, [
          email,
        ])
      ).map(({ body }) => /\/mail\/confirm\/[\w-]+/.exec(body)![0]);
    await activate(visitor, { card: await app.world.sellCard(till), phone, email });
    const [link] = await eventually(async () => {
      expect(await links()).toHaveLength(1);
      return links();
    });
    expect(wordsOf(await visitor.open('/cabinet/profile'))).toContain('Не подтверждена');
    // Another card with the same address: whoever wants another link asks for it.
    await app.database.query('delete from rate_limit');
    await activate(visitor, { card: await app.world.sellCard(till), phone, email });
    await visitor.submit(link!, {}, link);
    expect(wordsOf(await visitor.open('/cabinet/profile'))).not.toContain('Не подтверждена');
    expect(await links()).toHaveLength(1);
    // A stranger's mailbox is not filled by activating card after card.
    const before = await app.database.query(`select from message where recipient = $1`, ['victim@mail.example']);
    for (let time = 0; time < 7; time++) {
      await app.database.query(`delete from rate_limit where key not like 'email%'`);
      const fields = { phone: app.world.newPhone(), email: 'victim@mail.example' };
      await activate(app.visitor(), { card: await app.world.sellCard(till), ...fields });
    }
    const after = await app.database.query(`select from message where recipient = $1`, ['victim@mail.example']);
    expect(after.length - before.length).toBe(5);
  });

  it('keeps the points’ own operations together: what burnt on the card before is the owner’s too', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    await buy(till, { card, sum: '1000.00' });
    app.clock.shift({ years: 1, days: 2 });
    await app.runDue();
    await buy(till, { card, sum: '300.00' });
    const visitor = app.visitor();
    await activate(visitor, { card, phone: app.world.newPhone() });
    const burnt = wordsOf(await visitor.open('/cabinet/points?kind=burnt'));
    expect(burnt).toContain('Сгорели баллы');
    expect(burnt).toContain('−10');
    expect(wordsOf(await visitor.open('/cabinet'))).toContain('можно потратить 3 ₽');
  });

  it('offers a password to whoever has none', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    const visitor = app.visitor();
    expect(await activate(visitor, { card, phone: app.world.newPhone() })).toContain('Задайте пароль');
    await visitor.submit('/cabinet/profile/password', { password: 'белая ворона летит' });
    expect(wordsOf(await visitor.open('/cabinet'))).not.toContain('Задайте пароль');
  });

  it('says at the number what is wrong with it, and keeps what was typed', async () => {
    const till = await app.world.openTill();
    const [printed = ''] = await app.world.printCards();
    const { number: active } = await app.world.activeCard(till);
    const phone = app.world.newPhone();
    const said: [string, string][] = [
      ['2990 0000 0000 0', 'Проверьте номер'],
      ['2990000000002', 'Такой карты нет'],
      [printed, 'ещё не продана'],
      [active, 'уже активирована'],
    ];
    for (const [card, words] of said) {
      const refused = await app.visitor().submit('/cards/activate', form({ card, phone }));
      expect(refused.status).toBe(422);
      expect(fieldErrors(refused)['card']).toContain(words);
      expect(page(refused).querySelector('#surname')?.getAttribute('value')).toBe('Петрова');
    }
  });

  it('asks for both consents, a phone that exists and a birth date in the past', async () => {
    const fields = { card: '1', phone: '123', birthDate: '2990-01-01', rulesConsent: undefined };
    const refused = await app.visitor().submit('/cards/activate', form({ ...fields, personalDataConsent: undefined }));
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)).toMatchObject({
      card: expect.stringContaining('Проверьте номер'),
      phone: expect.stringContaining('Похоже, в номере ошибка'),
      rulesConsent: expect.stringContaining('Без этого согласия'),
      personalDataConsent: expect.stringContaining('Без этого согласия'),
    });
    const card = await app.world.sellCard(await app.world.openTill());
    const late = await app
      .visitor()
      .submit('/cards/activate', form({ card, phone: app.world.newPhone(), birthDate: '2990-01-01' }));
    expect(fieldErrors(late)['birthDate']).toContain('Проверьте дату рождения');
  });

  it('opens the proof of possession where many points are at stake', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    await buy(till, { card, sum: '20000.00' });
    const phone = app.world.newPhone();
    const plain = await app.visitor().open('/cards/activate');
    expect(page(plain).querySelector('details.proof')?.hasAttribute('open')).toBe(false);
    const refused = await app.visitor().submit('/cards/activate', form({ card, phone }));
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)['possessionCode']).toContain('На этой карте много баллов');
    expect(page(refused).querySelector('details.proof')?.hasAttribute('open')).toBe(true);
    const wrong = await app.visitor().submit('/cards/activate', form({ card, phone, possessionCode: '000000' }));
    expect(fieldErrors(wrong)['possessionCode']).toContain('Не совпадает');
    const possessionCode = app.get(PossessionCodes).possessionCode(card);
    expect(await activate(app.visitor(), { card, phone, possessionCode })).toContain('На ней уже 200 баллов');
  });

  it('takes the last receipt for a proof as well', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    await buy(till, { card, sum: '20000.50' });
    const receiptDate = app.clock.now().toISOString().slice(0, 10);
    const receipt = { receiptDate, receiptSum: '20 000,50' };
    expect(await activate(app.visitor(), { card, phone: app.world.newPhone(), ...receipt })).toContain('200 баллов');
  });

  it('refuses a wrong code at its field and goes back to the form', async () => {
    const card = await app.world.sellCard(await app.world.openTill());
    const phone = app.world.newPhone();
    const visitor = app.visitor();
    const codePage = await visitor.follow(await visitor.submit('/cards/activate', form({ card, phone })));
    const code = await app.codeSentTo(phone);
    const wrong = await visitor.submit(codePage, { code: code === '111111' ? '222222' : '111111' });
    expect(wrong.status).toBe(422);
    expect(fieldErrors(wrong)['code']).toContain('Не тот код');
    expect(page(wrong).querySelector('main a[href="/cards/activate"]')?.text).toBe('Изменить данные');
    expect((await visitor.submit(wrong, { code })).status).toBe(303);
  });
});

describe('a virtual card', () => {
  it('is made for a stranger after the code, and shown at once', async () => {
    const visitor = app.visitor();
    const phone = app.world.newPhone();
    const asked = await visitor.submit('/cards/virtual', { phone, name: 'Олег', ...CONSENTS });
    const done = await visitor.submit(await visitor.follow(asked), { code: await app.codeSentTo(phone) });
    const card = await visitor.follow(done);
    expect(wordsOf(card)).toContain('Карта готова: покажите её на кассе');
    expect(page(card).querySelector('.scan__bars path')?.getAttribute('d')).toMatch(/^M11 0h/);
  });

  it('is one press for a customer with plastic, and the till finds it by the phone', async () => {
    const till = await app.world.openTill();
    const { phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    const issued = await visitor.submit('/cabinet/cards', {}, '/cards/virtual');
    expect(issued.headers.location).toBe('/cabinet/cards');
    await visitor.follow(issued);
    const found = await till.card(phone);
    expect(found.body).toMatchObject({ kind: 'virtual', state: 'active' });
  });
});
