import { Database } from '../../src/infra/database/database.js';
import { Delivery } from '../../src/notifications/delivery.service.js';
import { Gateways } from '../../src/notifications/gateways.service.js';
import { LastWords } from '../../src/notifications/last-words.service.js';
import { Messages } from '../../src/notifications/messages.service.js';
import { Quiet } from '../../src/notifications/quiet.service.js';
import { NoWayOut, type Sms } from '../../src/notifications/sms-transport.js';
import { useApp } from '../support/app.js';

const app = useApp();
const PHONE = '+79210000001';

/** Written and not rung for: only the test delivers it. */
async function write(secret = true): Promise<string> {
  const sms = { to: PHONE, text: 'Код 123456', secret };
  return app.get(Database).transaction((sql) => app.get(Messages).sendSms(sql, sms));
}

const stateOf = async (id: string) =>
  (await app.database.query('select state, body, attempts, error from message where id = $1', [id]))[0];

function delivery(send: (sms: Sms) => Promise<'sent'>): Delivery {
  const gateways = new Gateways({ send }, undefined as never);
  return new Delivery(app.get(Database), undefined as never, gateways, app.get(LastWords), app.get(Quiet), app.clock);
}

describe('a message', () => {
  it('is sent once, however often it is rung for', async () => {
    const id = await write();
    await Promise.all([1, 2, 3].map(() => app.get(Delivery).deliver(id)));
    await app.get(Delivery).deliver(id);
    expect(await app.database.query('select body from dev_inbox where id = $1', [id])).toEqual([
      { body: 'Код 123456' },
    ]);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', body: null });
  });

  it('keeps a text that is no secret', async () => {
    const id = await write(false);
    await app.get(Delivery).deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', body: 'Код 123456' });
  });

  it('waits for a gateway that is away, and fails after five attempts', async () => {
    const id = await write();
    const away = delivery(() => Promise.reject(new Error('gateway is away')));
    for (let attempt = 1; attempt < 5; attempt++) {
      await expect(away.deliver(id)).rejects.toThrow('gateway is away');
      expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: attempt, error: 'gateway is away' });
    }
    await away.deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', body: null });
  });

  it('fails at once where there is no gateway', async () => {
    const id = await write();
    await delivery(() => Promise.reject(new NoWayOut('no gateway'))).deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', error: 'no gateway', body: null });
  });

  it('with a code is not sent ten minutes late', async () => {
    const id = await write();
    app.clock.advance({ minutes: 10, seconds: 1 });
    await app.get(Delivery).deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', error: 'stale' });
  });
});
