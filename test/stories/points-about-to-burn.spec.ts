import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf, type Visitor } from '../support/visitor.js';

const EMAIL = 'irina@example.ru';

/** From the earning to the last day: both reminders, and the spending they led to. */
describe('points about to burn', () => {
  const app = useApp();
  let till: Pos;
  let card: { number: string; phone: string; customerId: string };
  let irina: Visitor;

  const dayPasses = async (moment: string): Promise<void> => {
    app.clock.set(moment);
    await app.runDue();
  };
  const mails = () =>
    app.database.query<{ subject: string; body: string }>(
      'select subject, body from dev_inbox where recipient = $1 order by at, id',
      [EMAIL],
    );

  it('29 February: she earns 30 points, and confirms her address', async () => {
    app.clock.set('2028-02-29T12:00:00+03:00');
    till = await app.world.openTill();
    card = await app.world.activeCard(till);
    await till.purchase({ card: card.number, sum: '3000.00' });
    irina = await app.signInCustomer({ phone: card.phone });
    await irina.submit('/cabinet/profile', { email: EMAIL }, '/cabinet/profile');
    const [link = ''] = /http\S+\/mail\/confirm\/\S+/.exec(await app.smsTo(EMAIL)) ?? [];
    expect((await app.visitor().submit(new URL(link).pathname)).status).toBe(303);
    expect(textOf(await irina.open('/cabinet/notifications'))).toContain('Подтверждена');
  });

  it('30 January: the first reminder, by mail', async () => {
    await dayPasses('2029-01-29T12:00:00+03:00');
    await dayPasses('2029-01-30T09:59:00+03:00');
    expect(await mails()).toHaveLength(1);
    await dayPasses('2029-01-30T10:00:00+03:00');
    const words = await app.smsTo(EMAIL);
    expect((await mails()).map(({ subject }) => subject).at(-1)).toBe('Потратьте 30 баллов до 28 февраля включительно');
    expect(words).toContain('до 28 февраля включительно');
  });

  it('she spends a third, and the second reminder says what is left', async () => {
    await till.purchase({ card: card.number, sum: '10.00', redeem: '10.00' });
    await dayPasses('2029-02-22T10:00:00+03:00');
    await app.smsTo(EMAIL);
    expect((await mails()).map(({ subject }) => subject).at(-1)).toBe('Потратьте 20 баллов до 28 февраля включительно');
  });

  it('28 February, a minute to midnight: the rest buys petrol, and nothing burns', async () => {
    await dayPasses('2029-02-28T23:59:00+03:00');
    const { body } = await till.purchase({ card: card.number, sum: '20.00', redeem: 'max' });
    expect(body).toMatchObject({ redeemed: '20.00', toPay: '0.00' });
    await dayPasses('2029-03-02T12:00:00+03:00');
    expect(await mails()).toHaveLength(3);
    expect(await app.database.query(`select from transfer where kind = 'burn'`)).toEqual([]);
  });
});
