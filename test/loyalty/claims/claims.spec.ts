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

  it('shows staff what was refunded after it was credited', async () => {
    const { visitor } = await customer();
    const bought = receipt();
    await upload(bought);
    await claim(visitor, qrOf(bought));
    await upload(receipt({ n: '2', refunded: bought.receipt }));
    expect(textOf(await manager.open('/admin/receipts'))).toContain(`№ ${bought.receipt}`);
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
