import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;
let operator: Visitor;

beforeAll(async () => {
  manager = await app.signInStaff(await app.world.hire('manager'));
  operator = await app.signInStaff(await app.world.hire('operator'));
});

describe('a batch', () => {
  it('is printed, exported, and sent to a station', async () => {
    const { stationId } = await app.world.openStation();
    const printed = await manager.submit('/admin/cards', { title: 'Осень', size: '25' }, '/admin/cards/batches');
    const shown = await manager.follow(printed);
    expect(textOf(shown)).toContain('Партия готова: 25 карт');
    const path = printed.headers.location!;

    const file = await manager.submit(path, {}, `${path}/exports`);
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="cards-batch-\d+\.csv"$/);
    expect(file.headers['cache-control']).toContain('no-store');
    expect(file.text.trimEnd().split('\r\n')).toHaveLength(26);

    const sent = await manager.follow(await manager.submit(path, { stationId }, `${path}/station`));
    expect(textOf(sent)).toContain('На станции · 25');
    expect(textOf(await manager.open(`${path}?state=printed`))).toContain('Карт в этом состоянии нет');
  });

  it('is printed once however often its form is sent', async () => {
    const form = await manager.open('/admin/cards');
    const answers = await Promise.all([1, 2, 3].map(() => manager.submit(form, { title: 'Трижды', size: '10' })));
    expect(new Set(answers.map((answer) => answer.headers.location)).size).toBe(1);
    const rows = await app.database.query(`select size from card_batch where title = 'Трижды'`);
    expect(rows).toEqual([{ size: 10 }]);
  });

  it('is not printed where its form printed another one', async () => {
    const form = await manager.open('/admin/cards');
    await manager.submit(form, { title: 'Первая', size: '10' });
    const other = await manager.submit(form, { title: 'Первая', size: '11' });
    expect(other.status).toBe(409);
    expect(textOf(other)).toMatch(/уже напечатала партию № \d+ с другими данными/);
    expect((await manager.submit(other, { title: 'Вторая', size: '11' })).status).toBe(303);
  });

  it('says at each field what is wrong', async () => {
    const refused = await manager.submit('/admin/cards', { title: '', size: '100001', stationId: 'x' });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)).toMatchObject({
      title: expect.stringContaining('Заполните это поле'),
      size: expect.stringContaining('Не больше 100000'),
      stationId: 'Выберите открытую станцию',
    });
    for (const size of ['0', '-1', '1.5', '1e3', '0x10', 'тысяча', '']) {
      const answer = await manager.submit('/admin/cards', { title: 'Осень', size });
      expect(Object.keys(fieldErrors(answer))).toEqual(['size']);
    }
  });

  it('shows no possession code on any page', async () => {
    const [number = ''] = await app.world.printCards();
    const [{ batch_id }] = (await app.database.query('select batch_id from card where number = $1', [number])) as [
      { batch_id: string },
    ];
    const path = `/admin/cards/batches/${batch_id}`;
    const file = await manager.submit(path, {}, `${path}/exports`);
    const code = /;(\d{6});/.exec(file.text)![1]!;
    for (const address of [path, `/admin/cards/${number}`, '/admin/cards']) {
      expect((await manager.open(address)).text).not.toContain(code);
    }
  });
});

describe('a card', () => {
  it('tells its life, from the printer to its owner', async () => {
    const { till } = await app.world.openStation();
    const [number = ''] = await app.world.printCards();
    expect(textOf(await operator.open(`/admin/cards/${number}`))).toContain('Напечатана');
    await till.sale(number);
    await till.purchase({ card: number, sum: '500.00' });
    const sold = textOf(await operator.open(`/admin/cards/${number}`));
    expect(sold).toContain('Продана');
    expect(sold).toMatch(/Баллы до активации\s*5 баллов/);
    const { customerId } = await app.world.activate(number);
    const active = await operator.open(`/admin/cards/${number}`);
    expect(page(active).querySelector(`a[href="/admin/customers/${customerId}"]`)!.text).toContain('Петрова Ирина');
  });

  it('gives an operator the look-up and nothing of the batches', async () => {
    const cards = await operator.open('/admin/cards');
    expect(textOf(cards)).toContain('Найти карту');
    expect(textOf(cards)).not.toContain('Напечатать партию');
  });
});
