import { codeOf, windowOf } from '../../src/loyalty/spending/rotating-code.js';
import { type EnrolledDevice, SpendingDevices } from '../../src/loyalty/spending/spending-devices.service.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

const app = useApp({ env: { REDEEM_STATIC_UP_TO_POINTS: '5', SMS_PER_PHONE_HOUR: '100', SMS_PER_PHONE_DAY: '100' } });

interface Holder {
  till: Pos;
  number: string;
  customerId: string;
  phone: string;
  device: EnrolledDevice;
}

/** A customer with 20 points and a phone that shows codes. */
async function holder(): Promise<Holder> {
  const till = await app.world.openTill();
  const owner = await app.world.activeCard(till);
  await till.purchase({ card: owner.number, sum: '2000.00' });
  return { till, ...owner, device: await app.get(SpendingDevices).enrol(owner.customerId, 'Chrome, Android') };
}

function digitsOf({ device }: Holder, windows = 0): string {
  return codeOf(device.secret, windowOf(app.clock.real()) + windows);
}

function payloadOf(owner: Holder, windows = 0): string {
  return `SC1.${owner.number}.${owner.device.shortId}.${digitsOf(owner, windows)}`;
}

const refused = expect.objectContaining({ status: 409, code: 'proof_required' }) as unknown;

describe('the policy', () => {
  it('lets the number spend up to its limit, more of it only with a proof', async () => {
    const owner = await holder();
    const { till, number } = owner;
    expect((await till.card(number)).body).toMatchObject({ canRedeem: true });
    expect((await till.purchase({ card: number, redeem: '5.00' })).body).toMatchObject({ redeemed: '5.00' });
    expect((await till.quote({ card: number, redeem: '5.01' })).body).toEqual(refused);
    expect((await till.purchase({ card: number, redeem: '5.01' })).body).toEqual(refused);
    expect((await till.purchase({ card: number, redeem: 'max' })).body).toMatchObject({ redeemed: '5.00' });
    const proven = await till.purchase({ card: number, redeem: '6.00', proof: digitsOf(owner) });
    expect(proven.body).toMatchObject({ redeemed: '6.00' });
  });

  it('is asked last: after state, limit and balance', async () => {
    const { till, number } = await holder();
    const sold = await app.world.sellCard(till);
    expect((await till.purchase({ card: sold, redeem: '6.00' })).body).toMatchObject({ code: 'card_not_active' });
    const tooMuch = await till.purchase({ card: number, redeem: '7.00', sum: '6.00' });
    expect(tooMuch.body).toMatchObject({ code: 'redeem_exceeds_limit' });
    expect((await till.purchase({ card: number, redeem: '900.00' })).body).toMatchObject({
      code: 'insufficient_points',
    });
  });

  it('does not look at a proof that nothing is spent by', async () => {
    const { till, number } = await holder();
    expect((await till.purchase({ card: number, proof: '00000000' })).status).toBe(201);
  });
});

describe('a rotating code', () => {
  it('is taken a minute before and after its own, and no longer', async () => {
    const owner = await holder();
    for (const [windows, status] of [
      [-2, 409],
      [-1, 200],
      [0, 200],
      [1, 200],
      [2, 409],
    ] as const) {
      const answer = await owner.till.quote({ card: owner.phone, redeem: '6.00', proof: digitsOf(owner, windows) });
      expect([windows, answer.status]).toEqual([windows, status]);
    }
  });

  it('spends once, be it typed or scanned, at whichever till and card', async () => {
    const owner = await holder();
    const other = await app.world.openTill();
    const spent = await owner.till.purchase({ card: payloadOf(owner), redeem: '6.00' });
    expect([spent.status, spent.body.redeemed]).toEqual([201, '6.00']);
    expect((await other.card(payloadOf(owner))).body).toMatchObject({ number: owner.number, canRedeem: true });
    for (const again of [{ card: payloadOf(owner) }, { card: owner.phone, proof: digitsOf(owner) }]) {
      expect((await other.quote({ ...again, redeem: '6.00' })).body).toEqual(refused);
      expect((await other.purchase({ ...again, redeem: '6.00' })).body).toEqual(refused);
    }
    app.clock.advance({ minutes: 1 });
    expect((await other.purchase({ card: payloadOf(owner), redeem: '6.00' })).status).toBe(201);
  });

  it('spends once where two tills scan it in the same moment', async () => {
    const owner = await holder();
    const tills = [owner.till, await app.world.openTill(), await app.world.openTill()];
    const answers = await Promise.all(tills.map((till) => till.purchase({ card: payloadOf(owner), redeem: '6.00' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is repeated with the purchase that it was given for', async () => {
    const owner = await holder();
    const body = owner.till.purchaseBody({ card: owner.number, redeem: '6.00', proof: digitsOf(owner) });
    const first = await owner.till.post('/purchases', body, { key: 'repeated' });
    app.clock.advance({ minutes: 5 });
    const again = await owner.till.post('/purchases', body, { key: 'repeated' });
    expect([again.status, again.text]).toEqual([201, first.text]);
  });

  it('of a revoked phone, or of somebody else’s, proves nothing', async () => {
    const [owner, stranger] = [await holder(), await holder()];
    const foreign = `SC1.${owner.number}.${stranger.device.shortId}.${digitsOf(stranger)}`;
    for (const proof of [digitsOf(stranger), payloadOf(stranger), foreign]) {
      expect((await owner.till.purchase({ card: owner.number, redeem: '6.00', proof })).body).toEqual(refused);
    }
    expect((await owner.till.purchase({ card: foreign, redeem: '6.00' })).body).toEqual(refused);
    await expect(app.get(SpendingDevices).revoke(stranger.customerId, owner.device.id)).rejects.toThrow('device_not');
    await app.get(SpendingDevices).revoke(owner.customerId, owner.device.id);
    expect((await owner.till.purchase({ card: payloadOf(owner), redeem: '6.00' })).body).toEqual(refused);
  });

  it('dies with the number that the owner gives up', async () => {
    const owner = await holder();
    const cards = app.get(VirtualCards);
    const virtual = await cards.issueVirtualCard(owner.customerId);
    await cards.reissue(owner.customerId, virtual);
    expect(await app.get(SpendingDevices).list(owner.customerId)).toEqual([]);
    expect((await owner.till.purchase({ card: payloadOf(owner), redeem: '6.00' })).body).toEqual(refused);
  });

  it('cannot be guessed: after ten wrong ones in an hour the right one waits too', async () => {
    const owner = await holder();
    const guess = (): string => String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
    const ways = [
      () => owner.till.quote({ card: owner.number, redeem: '6.00', proof: guess() }),
      () => owner.till.purchase({ card: owner.number, redeem: '6.00', proof: guess() }),
    ];
    for (let tries = 0; tries < 10; tries++) expect((await ways[tries % 2]!()).body).toEqual(refused);
    const right = { card: owner.number, redeem: '6.00', proof: digitsOf(owner) };
    expect((await owner.till.purchase(right)).body).toEqual(refused);
    expect((await owner.till.purchase({ card: owner.number, redeem: '5.00' })).status).toBe(201);
  });

  it('is kept by five phones at most, its secret unreadable in the table', async () => {
    const owner = await holder();
    const devices = app.get(SpendingDevices);
    for (let more = 1; more < 5; more++) await devices.enrol(owner.customerId, `Телефон ${more}`);
    await expect(devices.enrol(owner.customerId, 'Шестой')).rejects.toThrow('too_many_devices');
    const [row] = await app.database.query<{ secret_sealed: Buffer }>(
      'select secret_sealed from spending_device where id = $1',
      [owner.device.id],
    );
    expect(row!.secret_sealed.includes(owner.device.secret)).toBe(false);
  });
});

describe('a code by SMS', () => {
  it('goes to the owner when it is missed, and spends once at the till that asked', async () => {
    const { till, number, phone } = await holder();
    const asked = await till.purchase({ card: phone, redeem: '3.00' });
    expect(asked.body).toEqual(refused);
    expect(asked.body).toMatchObject({ advice: 'code_sent' });
    expect(asked.body.detail).toContain('отправили клиенту код по SMS');
    const proof = await app.codeSentTo(phone);
    const elsewhere = await (await app.world.openTill()).purchase({ card: phone, redeem: '3.00', proof });
    expect(elsewhere.body).toEqual(refused);
    expect((await till.purchase({ card: phone, redeem: '3.00', proof })).body).toMatchObject({ redeemed: '3.00' });
    expect((await till.purchase({ card: number, redeem: '6.00', proof })).body).toEqual(refused);
  });

  it('is out of date after five minutes, and no quote or wrong code sends one', async () => {
    const { till, number, phone } = await holder();
    await till.quote({ card: number, redeem: '6.00' });
    await till.purchase({ card: number, redeem: '6.00', proof: '12345678' });
    const sent = await app.database.query('select from message where recipient = $1', [phone]);
    expect(sent).toHaveLength(0);
    await till.purchase({ card: number, redeem: '6.00' });
    const proof = await app.codeSentTo(phone);
    app.clock.advance({ minutes: 5, seconds: 1 });
    expect((await till.purchase({ card: number, redeem: '6.00', proof })).body).toEqual(refused);
  });

  it('is not sent again within the pause; the till is told which code to ask for', async () => {
    const { till, phone } = await holder();
    await till.purchase({ card: phone, redeem: '3.00' });
    expect((await till.purchase({ card: phone, redeem: '3.00' })).body).toMatchObject({ advice: 'code_sent' });
    const other = await app.world.openTill();
    const there = await other.purchase({ card: phone, redeem: '3.00' });
    expect(there.body).toMatchObject({ advice: 'code_not_sent' });
    expect(there.body.detail).toContain('открыть карту на телефоне');
    expect(await app.database.query('select from message where recipient = $1', [phone])).toHaveLength(1);
  });
});
