import { Database } from '../../src/infra/database/database.js';
import { NotYet } from '../../src/infra/outbox/outbox.js';
import { SmtpTransport } from '../../src/notifications/email/smtp.transport.js';
import { Delivery } from '../../src/notifications/delivery.service.js';
import { Messages } from '../../src/notifications/messages.service.js';
import { NoWayOut } from '../../src/notifications/sms-transport.js';
import { TestApp } from '../support/app.js';
import { headOf, MailServer } from '../support/smtp.js';

const server = new MailServer();
let app: TestApp;
let customerId: string;

beforeAll(async () => {
  await server.start();
  // A web process: nothing is delivered but by the test.
  const env = { SMTP_URL: server.url, MAIL_FROM: 'Смарт Кард <card@smartcard.example>' };
  app = await TestApp.start({ role: 'web', env });
  ({ customerId } = await app.world.activeCard(await app.world.openTill()));
}, 60_000);
beforeEach(() => {
  server.mails.length = 0;
  server.refuse = () => null;
});
afterEach(() => app.expectBooksBalance());
afterAll(async () => {
  await app.close();
  await server.stop();
});

async function write(to = 'anna@example.ru', secret = false): Promise<string> {
  const mail = { to, subject: 'Подтвердите почту', text: 'Откройте:\nhttps://card.example/x', secret, customerId };
  return app.get(Database).transaction((sql) => app.get(Messages).sendEmail(sql, mail));
}

const deliver = (id: string) => app.get(Delivery).deliver(id);
const stateOf = async (id: string) =>
  (await app.database.query('select state, body, attempts, error from message where id = $1', [id]))[0];

describe('a mail', () => {
  it('is sent once, however often it is rung for', async () => {
    const id = await write();
    await Promise.all([1, 2, 3].map(() => deliver(id)));
    await deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 1, error: null });
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'card@smartcard.example', to: ['anna@example.ru'] });
    const head = headOf(mail!);
    expect(head['message-id']).toBe(`<${id}@smartcard.example>`);
    expect(head.to).toBe('anna@example.ru');
    expect(head['list-unsubscribe']).toBeUndefined();
    expect(mail!.raw).toContain('text/plain');
    expect(mail!.raw).toContain('text/html');
  });

  it('is in one process’s hand at a time, and is taken over from a dead one', async () => {
    const id = await write();
    await app.database.query('update message set sending_since = now() where id = $1', [id]);
    await expect(deliver(id)).rejects.toThrow(NotYet);
    expect(server.mails).toEqual([]);
    await app.database.query(`update message set sending_since = now() - interval '3 minutes' where id = $1`, [id]);
    await deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
  });

  it('that was refused for now is tried again', async () => {
    const id = await write();
    server.refuse = () => 451;
    await expect(deliver(id)).rejects.toThrow('451');
    expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 1 });
    server.refuse = () => null;
    await deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2, error: null });
    expect(server.mails).toHaveLength(1);
  });

  it('that was refused for good fails at once, and the reason names nobody', async () => {
    const id = await write('gone@example.ru', true);
    server.refuse = () => 550;
    await deliver(id);
    expect(await stateOf(id)).toEqual({
      state: 'failed',
      body: null,
      attempts: 1,
      error: 'mail server: EENVELOPE RCPT TO 550',
    });
    await deliver(id);
    expect(server.mails).toEqual([]);
  });

  it('waits while the server is away', async () => {
    const id = await write();
    await server.stop();
    for (let attempt = 1; attempt <= 6; attempt++) {
      await expect(deliver(id)).rejects.toThrow('mail server: ');
      expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: attempt });
    }
    await server.restart();
    await deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 7 });
    expect(server.mails).toHaveLength(1);
  });
});

describe('the head of a mail', () => {
  const mail = { id: '0190', subject: 'Тема', text: 'Текст', unsubscribeUrl: null };
  const smtp = () => new SmtpTransport({ url: server.url, from: 'card@smartcard.example' });

  it.each([
    'anna@example.ru\r\nBcc: all@example.ru',
    'anna@example.ru, boris@example.ru',
    'Анна <boris@example.ru>',
    '"anna"@example.ru>, <boris@example.ru',
  ])('takes no second address or line: %j', async (to) => {
    await expect(smtp().send({ ...mail, to })).rejects.toThrow(NoWayOut);
    expect(server.mails).toEqual([]);
  });

  it('keeps a subject on its line', async () => {
    await smtp().send({ ...mail, to: 'anna@example.ru', subject: 'Привет\r\nBcc: all@example.ru\r\n\r\nтело' });
    const [received] = server.mails;
    expect(received!.to).toEqual(['anna@example.ru']);
    expect(headOf(received!).bcc).toBeUndefined();
  });

  it('is guarded by the database too', async () => {
    await expect(write('anna@example.ru\nBcc: all@example.ru')).rejects.toThrow('message_head_one_line');
  });

  it('of mailings names the way out, in one click', async () => {
    const unsubscribeUrl = 'https://card.example/mail/unsubscribe/x';
    await smtp().send({ ...mail, to: 'anna@example.ru', unsubscribeUrl });
    expect(headOf(server.mails[0]!)).toMatchObject({
      'list-unsubscribe': `<${unsubscribeUrl}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
  });
});
