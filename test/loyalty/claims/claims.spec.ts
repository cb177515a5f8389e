import { DateTime } from 'luxon';
import { ReceiptClaims } from '../../../src/loyalty/claims/receipt-claims.service.js';
import { Settlement } from '../../../src/loyalty/claims/settlement.service.js';
import { Clock } from '../../../src/shared/clock.js';
import { useApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import type { Pos } from '../../support/pos.js';
import { fieldErrors, page, textOf, type Visitor } from '../../support/visitor.js';
import { qrOf, type Receipt, receiptAt, uploadAndImport } from './receipts.js';

describe('a receipt claimed after the fact', () => {
  const app = useApp({ env: { CLAIMS_PER_DAY: '3', CLAIM_WAIT_DAYS: '7' } });
  let station: { number: number; till: Pos };
  let manager: Visitor;

  beforeAll(async () => {
    const { till, stationId } = await app.world.openStation();
    const [row] = await app.database.query<{ number: number }>('select number from station where id = $1', [stationId]);
    station = { number: row!.number, till };
  });

  beforeEach(async () => {
    manager = await app.signInStaff(await app.world.hire('manager'));
  });

  async function customer() {
    const { number, phone, customerId } = await app.world.activeCard(station.till);
    return { number, phone, customerId, visitor: await app.signInCustomer({ phone }) };
  }
  const receipt = (changes: Partial<Receipt> = {}) => receiptAt(app, station.number, changes);
  const claim = (visitor: Visitor, qr: string) => visitor.submit('/cabinet/claims/new', { qr });
  const upload = (...receipts: Receipt[]) => uploadAndImport(manager, receipts);
  const list = async (visitor: Visitor) => textOf(await visitor.open('/cabinet/claims'));
  const balance = async (card: string) =>
    ((await station.till.card(card)).body as { balance: { available: string } }).balance.available;
  const settled = (visitor: Visitor, words: string) =>
    eventually(async () => expect(await list(visitor)).toContain(words));

  it('waits for the upload and is credited by it, once', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    expect((await claim(visitor, qrOf(bought))).status).toBe(303);
    expect(await list(visitor)).toMatch(/Ждёт станцию.*1 250,50 ₽|1 250,50 ₽.*Ждёт станцию/);
    expect(textOf(await manager.open('/admin/receipts'))).toContain(bought.fn);
    expect(textOf(await upload(bought))).toContain('Загружен 1 новый чек');
    await settled(visitor, 'Начислено 12,50 балла');
    expect(await balance(number)).toBe('12.50');
    expect(textOf(await upload(bought))).toContain('Были загружены раньше1');
    expect(await balance(number)).toBe('12.50');
    expect(textOf(await manager.open('/admin/receipts'))).toContain('Таких заявок нет');
  });

  it('is credited at once where the station was faster, as a purchase like any other', async () => {
    const { visitor, number } = await customer();
    const bought = receipt({ lines: 'fuel:1000.00|tobacco:250.50' });
    await upload(bought);
    expect(textOf(await visitor.follow(await claim(visitor, qrOf(bought))))).toContain('Начислено 10 баллов');
    expect(await balance(number)).toBe('10.00');
    const href = page(await visitor.open('/cabinet/claims'))
      .querySelector('.claim a')!
      .getAttribute('href')!;
    expect(textOf(await visitor.open(href))).toContain('АЗС');
    const again = await station.till.purchase({
      card: number,
      receipt: { number: bought.receipt, at: `${bought.time}+03:00` },
    });
    expect(again.body).toMatchObject({ code: 'receipt_already_registered' });
  });

  it('may be typed by hand, and says which field is wrong', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    await upload(bought);
    const [date = '', time = ''] = bought.time.split('T');
    const fields = { date, time: time.slice(0, 5), sum: '1 250,50', fn: bought.fn, i: bought.i, fp: bought.fp };
    const refused = await visitor.submit('/cabinet/claims/new', { ...fields, fn: '123', sum: 'много' });
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual(['fn', 'sum']);
    expect((await visitor.submit(refused, fields)).status).toBe(303);
    expect(await balance(number)).toBe('12.50');
  });

  it('belongs to the first of two customers who claim it at once', async () => {
    const [one, other] = [await customer(), await customer()];
    const bought = receipt();
    await upload(bought);
    await Promise.all([claim(one.visitor, qrOf(bought)), claim(other.visitor, qrOf(bought))]);
    const lists = await Promise.all([list(one.visitor), list(other.visitor)]);
    expect(lists.filter((words) => words.includes('Начислено 12,50'))).toHaveLength(1);
    expect(lists.filter((words) => words.includes('уже добавил другой клиент'))).toHaveLength(1);
    expect([await balance(one.number), await balance(other.number)].sort()).toEqual(['0.00', '12.50']);
  });

  it('goes to whoever was first while both waited, and not to one who guessed its details', async () => {
    const [guesser, owner, late] = [await customer(), await customer(), await customer()];
    const bought = receipt();
    await claim(guesser.visitor, qrOf({ ...bought, sum: '1250.51' }));
    await claim(owner.visitor, qrOf(bought));
    app.clock.advance({ seconds: 1 });
    await claim(late.visitor, qrOf(bought));
    await upload(bought);
    await settled(owner.visitor, 'Начислено 12,50');
    expect(await list(guesser.visitor)).toContain('Данные чека не сошлись');
    expect(await list(late.visitor)).toContain('уже добавил другой клиент');
    expect(await balance(guesser.number)).toBe('0.00');
  });

  it.each<[string, (bought: Receipt) => Receipt]>([
    ['sign', (bought) => ({ ...bought, fp: '1' })],
    ['time', (bought) => ({ ...bought, time: bought.time.replace(/T\d\d/, 'T00') })],
    ['sum', (bought) => ({ ...bought, sum: '1.00' })],
  ])('is refused with a wrong %s, and free for its owner', async (_what, change) => {
    const [guesser, owner] = [await customer(), await customer()];
    const bought = receipt();
    await upload(bought);
    await claim(guesser.visitor, qrOf(change(bought)));
    expect(await list(guesser.visitor)).toContain('Данные чека не сошлись');
    await claim(owner.visitor, qrOf(bought));
    expect(await balance(owner.number)).toBe('12.50');
  });

  it('is refused where the till earned the points already', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    // The till's clock and that of its fiscal storage differ by some seconds.
    const at = `${bought.time.slice(0, 16)}:07+03:00`;
    expect(
      (await station.till.purchase({ card: number, receipt: { number: bought.receipt, at }, sum: '1250.50' })).status,
    ).toBe(201);
    await upload(bought);
    await claim(visitor, qrOf(bought));
    expect(await list(visitor)).toContain('начислены ещё на кассе');
    expect(await balance(number)).toBe('12.50');
  });

  it('is refused where it was refunded, in whatever order the receipts came', async () => {
    const { visitor, number } = await customer();
    const [one, other] = [receipt(), receipt()];
    const refundOf = (sale: Receipt, changes: Partial<Receipt>) =>
      receipt({ n: '2', refunded: sale.receipt, ...changes });
    await upload(refundOf(one, {}), one);
    await claim(visitor, qrOf(one));
    await claim(visitor, qrOf(other));
    await upload(other, receipt({ ...refundOf(other, {}), refunded: '', receipt: other.receipt }));
    await eventually(async () => expect((await list(visitor)).match(/был возврат/g)).toHaveLength(2));
    expect(await balance(number)).toBe('0.00');
  });

  it('loses its points once where the station tells of a refund afterwards, in whole or in part', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    await upload(bought);
    await claim(visitor, qrOf(bought));
    const part = receipt({ n: '2', refunded: bought.receipt, sum: '250.50' });
    await upload(part);
    await eventually(async () => expect(await balance(number)).toBe('10.00'));
    await upload(part);
    await upload(receipt({ n: '2', refunded: bought.receipt, sum: '1000.00' }));
    await eventually(async () => expect(await balance(number)).toBe('0.00'));
    expect(await list(visitor)).toContain('был возврат: снято 12,50 балла');
    const desk = textOf(await manager.open('/admin/receipts'));
    expect(desk).toContain(`№ ${bought.receipt}`);
    expect(desk).toContain('Снято: 10 баллов');
    const told = await app.database.query(
      `select from audit_log where action = 'receipt_claim.returned' and object_id = (
         select id::text from receipt_claim where fiscal_document = $1)`,
      [bought.i],
    );
    expect(told).toHaveLength(2);
  });

  it('loses nothing more where the till made the refund itself, or it is not certain whose it is', async () => {
    const { visitor, number } = await customer();
    const [one, other] = [receipt(), receipt()];
    await upload(one, other);
    await claim(visitor, qrOf(one));
    await claim(visitor, qrOf(other));
    expect(await balance(number)).toBe('25.00');
    const [row] = await app.database.query<{ purchase_id: string }>(
      'select purchase_id from receipt_claim where fiscal_document = $1',
      [one.i],
    );
    const refund = receipt({ n: '2', refunded: one.receipt });
    const atTill = { number: refund.receipt, at: `${refund.time.slice(0, 16)}:09+03:00` };
    await station.till.post(`/purchases/${row!.purchase_id}/refunds`, { receipt: atTill, sum: '1250.50' });
    expect(await balance(number)).toBe('12.50');
    // The same number, but another sum: perhaps a receipt of an earlier shift.
    await upload(refund, receipt({ n: '2', refunded: '', receipt: other.receipt, sum: '50.00' }));
    await eventually(async () => {
      const desk = textOf(await manager.open('/admin/receipts'));
      expect(desk).toContain('Возврат сделан на кассе');
      expect(desk).toContain('Нужен возврат покупки');
    });
    expect(await balance(number)).toBe('12.50');
  });

  it('earns once where the till comes later, with other seconds or by another card', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    await upload(bought);
    await claim(visitor, qrOf(bought));
    const [row] = await app.database.query<{ purchase_id: string }>(
      'select purchase_id from receipt_claim where fiscal_document = $1',
      [bought.i],
    );
    const at = (shift: object) => DateTime.fromISO(bought.time, { zone: 'Europe/Moscow' }).plus(shift).toUTC().toISO()!;
    const other = await app.world.sellCard(station.till);
    for (const [card, shift] of [
      [number, { seconds: 17 }],
      [number, { seconds: -41 }],
      [other, { minutes: 3 }],
    ] as const) {
      const again = await station.till.purchase({ card, receipt: { number: bought.receipt, at: at(shift) } });
      expect([again.status, again.body]).toMatchObject([
        409,
        { code: 'receipt_already_registered', id: row!.purchase_id },
      ]);
    }
    const { body: held } = await station.till.hold({ card: other });
    const receiptOf = { number: bought.receipt, at: at({ seconds: 5 }) };
    expect((await station.till.confirm(held.id, { receipt: receiptOf })).body.code).toBe('receipt_already_registered');
    // Another receipt of the same minute, and the same number in another shift.
    const next = { number: `${bought.receipt}-2`, at: at({ seconds: 17 }) };
    expect((await station.till.purchase({ card: other, receipt: next })).status).toBe(201);
    const shiftLater = { number: bought.receipt, at: at({ hours: -8 }) };
    expect((await station.till.purchase({ card: other, receipt: shiftLater })).status).toBe(201);
    expect(await balance(number)).toBe('12.50');
  });

  describe('above a limit against fraud', () => {
    beforeEach(() =>
      app.database.query(
        `update velocity_limit set blocks = true, watched = true, threshold = 500 where rule = 'customer_earned_day'`,
      ),
    );
    afterEach(() => app.database.query(`update velocity_limit set blocks = false where rule = 'customer_earned_day'`));

    async function reviewed() {
      const { visitor, number, customerId } = await customer();
      const bought = receipt();
      await upload(bought);
      await claim(visitor, qrOf(bought));
      const [row] = await app.database.query<{ id: string }>(
        `select id from receipt_claim where fiscal_document = $1 and state = 'review'`,
        [bought.i],
      );
      return { visitor, number, customerId, bought, id: row!.id, path: `/admin/receipts/claims/${row!.id}` };
    }

    it('waits for staff, who may credit it', async () => {
      const { visitor, number, bought, id, path } = await reviewed();
      expect(await list(visitor)).toContain('На проверке');
      expect(textOf(await manager.open('/admin/receipts'))).toContain('Ждут вашего решения');
      const again = await claim(visitor, qrOf(bought));
      expect([again.status, textOf(again)]).toEqual([409, expect.stringContaining('уже добавили этот чек')]);
      expect(await balance(number)).toBe('0.00');
      const done = await manager.submit(path, {}, `${path}/credit`);
      expect(textOf(await manager.follow(done))).toContain('Баллы начислены.');
      expect(await balance(number)).toBe('12.50');
      expect(await list(visitor)).toContain('Начислено 12,50');
      expect((await manager.open(path)).status).toBe(404);
      const [event] = await app.database.query(
        `select action, actor_kind from audit_log where object_id = $1 order by seq desc limit 1`,
        [id],
      );
      expect(event).toEqual({ action: 'receipt_claim.credited', actor_kind: 'staff' });
    });

    it('may be refused with a reason, and whoever claimed it next has a turn then', async () => {
      const { visitor, number, bought, path } = await reviewed();
      const next = await customer();
      await claim(next.visitor, qrOf(bought));
      expect(await list(next.visitor)).toContain('Ждёт станцию');
      const empty = await manager.submit(path, { decision: '' }, `${path}/refusal`);
      expect([empty.status, Object.keys(fieldErrors(empty))]).toEqual([422, ['decision']]);
      await app.database.query(`update velocity_limit set blocks = false where rule = 'customer_earned_day'`);
      await manager.submit(path, { decision: 'Чек не ваш' }, `${path}/refusal`);
      expect(await list(visitor)).toContain('не начислил баллы: Чек не ваш');
      await settled(next.visitor, 'Начислено 12,50');
      expect([await balance(number), await balance(next.number)]).toEqual(['0.00', '12.50']);
    });

    it('is not credited where the till has registered the receipt meanwhile', async () => {
      const { visitor, number, bought, path } = await reviewed();
      const other = await app.world.sellCard(station.till);
      const at = `${bought.time}+03:00`;
      await station.till.purchase({ card: other, receipt: { number: bought.receipt, at }, sum: '1250.50' });
      const done = await manager.submit(path, {}, `${path}/credit`);
      expect(textOf(await manager.follow(done))).toContain('Начислить уже нельзя');
      expect(await list(visitor)).toContain('начислены ещё на кассе');
      expect(await balance(number)).toBe('0.00');
    });

    it('is decided once by two members of staff', async () => {
      const { number, path } = await reviewed();
      const other = await app.signInStaff(await app.world.hire('manager'));
      const pages = [await manager.open(path), await other.open(path)];
      const answers = await Promise.all([
        manager.submit(pages[0]!, {}, `${path}/credit`),
        other.submit(pages[1]!, {}, `${path}/credit`),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status === 303)).toHaveLength(1);
      expect(await balance(number)).toBe('12.50');
    });
  });

  it('is refused where the code is that of a refund', async () => {
    const { visitor } = await customer();
    const refund = receipt({ n: '2' });
    const refused = await claim(visitor, qrOf(refund));
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Это чек возврата')]);
    // Somebody who makes a sale of it.
    await upload(refund);
    await claim(visitor, qrOf({ ...refund, n: '1' }));
    expect(await list(visitor)).toContain('Это чек возврата');
  });

  it('is refused after 24 hours', async () => {
    const { visitor } = await customer();
    const old = receipt();
    app.clock.shift({ hours: 23, minutes: 5 });
    const refused = await claim(visitor, qrOf(old));
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Чеку больше 24 часов')]);
  });

  it('is as old as the clock of the station says that printed it', async () => {
    const { visitor } = await customer();
    const { stationId } = await app.world.openStation();
    const [row] = await app.database.query<{ number: number }>(
      `update station set time_zone = 'Asia/Kamchatka' where id = $1 returning number`,
      [stationId],
    );
    // By the clock of Moscow sixteen hours old, by that of Kamchatka nine hours more.
    const time = DateTime.fromJSDate(app.clock.now(), { zone: 'Europe/Moscow' }).minus({ hours: 16 });
    const printed = receiptAt(app, row!.number, { time: time.toFormat("yyyy-MM-dd'T'HH:mm:ss") });
    expect((await claim(visitor, qrOf(printed))).status).toBe(303);
    await upload(printed);
    await settled(visitor, 'позже чем через 24 часа');
  });

  it('is refused before its time has come', async () => {
    const { visitor } = await customer();
    const refused = await claim(visitor, qrOf(receipt({ time: '2099-01-01T12:00:00' })));
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('ещё не наступило')]);
  });

  it('expires unconfirmed, and is not ours where no station ever had its storage', async () => {
    const { visitor } = await customer();
    await upload(receipt());
    await claim(visitor, qrOf(receipt()));
    await claim(visitor, qrOf(receipt({ fn: '1111222233334444' })));
    // The nightly run's own verb: the run itself also ends the sessions of a clock that was moved.
    const expire = () => app.get(ReceiptClaims).expire(app.get(Clock).now());
    app.clock.shift({ days: 6 });
    await expire();
    expect((await list(visitor)).match(/Ждёт станцию/g)).toHaveLength(2);
    app.clock.shift({ days: 2 });
    await expire();
    const words = await list(visitor);
    expect(words).toContain('не нашей станции');
    expect(words).toContain('так и не подтвердила');
  });

  it('may be made so often a day, and once for each receipt', async () => {
    const { visitor, customerId } = await customer();
    const bought = receipt();
    await claim(visitor, qrOf(bought));
    const again = await claim(visitor, qrOf(bought));
    expect([again.status, textOf(again)]).toEqual([409, expect.stringContaining('уже добавили этот чек')]);
    await Promise.all([1, 2, 3].map(() => claim(visitor, qrOf(receipt()))));
    const [made] = await app.database.query<{ count: string }>(
      'select count(*) from receipt_claim where customer_id = $1',
      [customerId],
    );
    expect(made!.count).toBe('3');
    const refused = await claim(visitor, qrOf(receipt()));
    expect([refused.status, textOf(refused)]).toEqual([429, expect.stringContaining('на сегодня достаточно')]);
    app.clock.shift({ days: 1 });
    expect((await claim(visitor, qrOf(receipt()))).status).toBe(303);
  });

  it('needs a card that works', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    await upload(bought);
    await app.database.query(`update card set state = 'blocked' where number = $1`, [number]);
    await claim(visitor, qrOf(bought));
    expect(await list(visitor)).toContain('нет действующей карты');
    await app.database.query(`update card set state = 'active' where number = $1`, [number]);
    await claim(visitor, qrOf(bought));
    expect(await balance(number)).toBe('12.50');
  });

  it('is settled twice without harm', async () => {
    const { visitor, number } = await customer();
    const bought = receipt();
    await claim(visitor, qrOf(bought));
    await upload(bought);
    const [row] = await app.database.query<{ id: string }>('select id from receipt_claim where fiscal_document = $1', [
      bought.i,
    ]);
    await Promise.all([1, 2, 3].map(() => app.get(Settlement).settle(row!.id)));
    await settled(visitor, 'Начислено');
    expect(await balance(number)).toBe('12.50');
  });

  it('is seen by its customer only, and rubbish is told apart', async () => {
    const [one, other] = [await customer(), await customer()];
    await claim(one.visitor, qrOf(receipt()));
    expect(await list(other.visitor)).toContain('Чеков ещё нет');
    for (const qr of ['', 'https://example.org', '<script>', 't=1']) {
      expect((await claim(other.visitor, qr)).status).toBe(422);
    }
  });
});
