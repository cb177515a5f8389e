import request from 'supertest';
import { UnsubscribeLinks } from '../../src/customers/preferences/unsubscribe-links.service.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let made = 0;

interface Person {
  customerId: string;
  phone: string;
  visitor: Visitor;
  email: string;
}

/** Logged in, with an address that was saved in the profile but not confirmed. */
async function person(): Promise<Person> {
  const { customerId, phone } = await app.world.activeCard(await app.world.openTill());
  const visitor = await app.signInCustomer({ phone });
  const email = `anna${++made}@example.ru`;
  const saved = await visitor.submit('/cabinet/profile', { email }, '/cabinet/profile');
  expect(textOf(await visitor.follow(saved))).toContain('Мы отправили письмо');
  return { customerId, phone, visitor, email };
}

/** The path of the link in the newest mail. */
async function linkSentTo(email: string): Promise<string> {
  const link = /http\S+\/mail\/\S+/.exec(await app.smsTo(email))?.[0];
  return new URL(link!).pathname;
}

async function confirmed(): Promise<Person> {
  const someone = await person();
  const stranger = app.visitor();
  await stranger.submit(await linkSentTo(someone.email));
  return someone;
}

const confirmedAt = async ({ customerId }: Person) =>
  (
    await app.database.query<{ at: Date | null }>('select email_confirmed_at as at from customer where id = $1', [
      customerId,
    ])
  )[0]?.at;
const choices = ({ customerId }: Person) =>
  app.database.query('select topic, channel from notification_choice where customer_id = $1 order by topic', [
    customerId,
  ]);
const chosenOn = (answer: Parameters<typeof page>[0], name: string) =>
  page(answer).querySelector(`input[name="${name}"][checked]`)?.getAttribute('value');

describe('an address', () => {
  it('is confirmed by the button behind the link, in any browser, once', async () => {
    const someone = await person();
    expect(textOf(await someone.visitor.get('/cabinet/profile'))).toContain('Не подтверждена');
    const path = await linkSentTo(someone.email);
    const stranger = app.visitor();
    expect(textOf(await stranger.get(path))).toContain(someone.email);
    // Looking changes nothing: mail programs look, too.
    expect(await confirmedAt(someone)).toBeNull();
    const done = await stranger.submit(path);
    expect(textOf(await stranger.follow(done))).toContain('Почта подтверждена');
    expect(await confirmedAt(someone)).toEqual(app.clock.now());
    expect((await stranger.get(path)).status).toBe(404);
    const profile = textOf(await someone.visitor.get('/cabinet/profile'));
    expect(profile).toContain('Подтверждена');
    expect(profile).not.toContain('Не подтверждена');
  });

  it('keeps neither the link nor the token', async () => {
    const someone = await person();
    const path = await linkSentTo(someone.email);
    const [message] = await app.database.query('select secret, body, state from message where recipient = $1', [
      someone.email,
    ]);
    expect(message).toEqual({ secret: true, body: null, state: 'sent' });
    const token = path.split('/').at(-1)!;
    expect(await app.database.query('select from email_confirmation where token_hash::text like $1', [token])).toEqual(
      [],
    );
  });

  it('is not confirmed by an earlier link, nor by one to another address', async () => {
    const someone = await person();
    const first = await linkSentTo(someone.email);
    await app.database.query('update rate_limit set expire = 0');
    const again = await someone.visitor.submit(
      '/cabinet/notifications',
      {},
      '/cabinet/notifications/email-confirmation',
    );
    expect(textOf(await someone.visitor.follow(again))).toContain('Письмо со ссылкой отправлено');
    const second = await linkSentTo(someone.email);
    expect(second).not.toBe(first);
    expect((await app.visitor().get(first)).status).toBe(404);
    const stranger = app.visitor();
    const form = await stranger.get(second);
    await someone.visitor.submit('/cabinet/profile', { email: 'other@example.ru' }, '/cabinet/profile');
    expect((await stranger.submit(form)).status).toBe(404);
    expect(await confirmedAt(someone)).toBeNull();
  });

  it('has to be confirmed anew when it changes, whoever changes it', async () => {
    const someone = await confirmed();
    expect(await confirmedAt(someone)).not.toBeNull();
    await app.database.query(`update customer set surname = 'Новикова' where id = $1`, [someone.customerId]);
    expect(await confirmedAt(someone)).not.toBeNull();
    await app.database.query(`update customer set email = 'new@example.ru' where id = $1`, [someone.customerId]);
    expect(await confirmedAt(someone)).toBeNull();
  });

  it('gets a letter a minute, and the profile is saved all the same', async () => {
    const someone = await person();
    const again = await someone.visitor.submit(
      '/cabinet/notifications',
      {},
      '/cabinet/notifications/email-confirmation',
    );
    expect(again.status).toBe(429);
    const saved = await someone.visitor.submit('/cabinet/profile', { email: 'next@example.ru' }, '/cabinet/profile');
    expect(textOf(await someone.visitor.follow(saved))).toContain('Профиль сохранён');
    expect(textOf(await someone.visitor.get('/cabinet/profile'))).toContain('Не подтверждена');
  });
});

describe('the notifications page', () => {
  it('follows the best channel until something is chosen', async () => {
    const someone = await person();
    expect(chosenOn(await someone.visitor.get('/cabinet/notifications'), 'burning')).toBe('sms');
    await app.visitor().submit(await linkSentTo(someone.email));
    const shown = await someone.visitor.get('/cabinet/notifications');
    expect([chosenOn(shown, 'burning'), chosenOn(shown, 'news')]).toEqual(['email', 'none']);
    await someone.visitor.submit(shown, { burning: 'email', news: 'none' }, '/cabinet/notifications');
    expect(await choices(someone)).toEqual([]);
  });

  it('keeps what is chosen; news come with the consent and go with it', async () => {
    const someone = await confirmed();
    const saved = await someone.visitor.submit('/cabinet/notifications', { burning: 'none', news: 'sms' });
    const shown = await someone.visitor.follow(saved);
    expect([chosenOn(shown, 'burning'), chosenOn(shown, 'news')]).toEqual(['none', 'sms']);
    const consents = () =>
      app.database.query(
        `select source, withdrawn_at is null as given from consent where customer_id = $1 and kind = 'mailings'`,
        [someone.customerId],
      );
    expect(await consents()).toEqual([{ source: 'profile', given: true }]);
    await someone.visitor.submit('/cabinet/notifications', { burning: 'none', news: 'none' });
    expect(await consents()).toEqual([{ source: 'profile', given: false }]);
    expect(chosenOn(await someone.visitor.get('/cabinet/notifications'), 'news')).toBe('none');
    const events = await app.database.query<{ facts: object }>(
      `select facts from audit_log where object_id = $1 and action = 'customer.notifications_chosen' order by seq`,
      [someone.customerId],
    );
    expect(events.map(({ facts }) => facts)).toEqual([{ burning: 'none', news: 'sms' }, { news: 'none' }]);
  });

  it('takes no channel that does not exist', async () => {
    const someone = await person();
    const refused = await someone.visitor.submit('/cabinet/notifications', { burning: 'pigeon', news: 'none' });
    expect(refused.status).toBe(422);
    expect(await choices(someone)).toEqual([]);
  });
});

describe('the way out of a mail', () => {
  const pathFor = ({ customerId }: Person, topic: 'burning' | 'news') =>
    new URL(app.get(UnsubscribeLinks).linkFor({ customerId, topic })).pathname;

  it('asks first, and leaves one topic without a log-in', async () => {
    const someone = await confirmed();
    const stranger = app.visitor();
    const asked = await stranger.get(pathFor(someone, 'burning'));
    expect(textOf(asked)).toContain('Больше не напоминать о баллах');
    expect(await choices(someone)).toEqual([]);
    const done = await stranger.submit(asked);
    expect([done.status, textOf(done)]).toEqual([200, expect.stringContaining('Вы отписаны')]);
    expect(await choices(someone)).toEqual([{ topic: 'burning', channel: 'none' }]);
    expect(chosenOn(await someone.visitor.get('/cabinet/notifications'), 'burning')).toBe('none');
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'works in one click of a mail program (%s), twice as well as once',
    async (type) => {
      const someone = await confirmed();
      await someone.visitor.submit('/cabinet/notifications', { burning: 'email', news: 'email' });
      for (let times = 0; times < 2; times++) {
        const body = type.startsWith('multipart')
          ? '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
          : 'List-Unsubscribe=One-Click';
        const answer = await request(app.url).post(pathFor(someone, 'news')).set('Content-Type', type).send(body);
        expect(answer.status).toBe(200);
      }
      const given = await app.database.query(
        `select withdrawn_at is not null as withdrawn from consent where customer_id = $1 and kind = 'mailings'`,
        [someone.customerId],
      );
      expect(given).toEqual([{ withdrawn: true }]);
    },
  );

  it('opens to no forged link, nor from another site', async () => {
    const [one, other] = [await confirmed(), await confirmed()];
    const path = pathFor(one, 'burning');
    const forged = [
      path.replace(one.customerId, other.customerId),
      path.replace('burning', 'news'),
      path.slice(0, -1),
      '/mail/unsubscribe/x',
      '/mail/unsubscribe/%00',
    ];
    for (const each of forged) {
      expect((await app.visitor().get(each)).status).toBe(404);
      expect((await request(app.url).post(each)).status).toBe(404);
    }
    const foreign = await request(app.url).post(path).set('Sec-Fetch-Site', 'cross-site');
    expect(foreign.status).toBe(403);
    expect([await choices(one), await choices(other)]).toEqual([[], []]);
  });
});

describe('a link of a mail', () => {
  it('is not confirmed by a link that is three days old', async () => {
    const someone = await person();
    const path = await linkSentTo(someone.email);
    app.clock.advance({ hours: 72 });
    expect((await app.visitor().get(path)).status).toBe(404);
  });
});
