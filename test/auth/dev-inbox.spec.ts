import { useApp } from '../support/app.js';
import { textOf } from '../support/visitor.js';
import { customer } from './people.js';

describe('the demo’s inbox', () => {
  const app = useApp({ env: { DEMO: '1' } });

  it('lists messages, newest first, and finds them by any spelling of the phone', async () => {
    const people = [await customer(app), await customer(app)];
    for (const { phone } of people) {
      await app.visitor().submit('/session/new', { phone }, '/session/code');
      await app.smsTo(phone);
      app.clock.advance({ seconds: 1 });
    }
    const all = JSON.parse((await app.visitor().get('/dev/inbox.json')).text) as { to: string }[];
    expect(all.map(({ to }) => to)).toEqual([people[1]?.phone, people[0]?.phone]);
    expect(all[0]).toEqual({
      id: expect.any(String),
      channel: 'sms',
      to: people[1]?.phone,
      subject: null,
      text: expect.stringContaining('Никому не говорите'),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const phone = people[0]?.phone.replace('+7', '8') ?? '';
    const own = JSON.parse((await app.visitor().get(`/dev/inbox.json?to=${phone}`)).text) as { to: string }[];
    expect(own.map(({ to }) => to)).toEqual([people[0]?.phone]);
    expect(textOf(await app.visitor().get('/dev/inbox'))).toContain(await app.codeSentTo(people[0]?.phone ?? ''));
  });
});

describe('outside of the demo', () => {
  const app = useApp();

  it('there is no inbox', async () => {
    expect((await app.visitor().get('/dev/inbox')).status).toBe(404);
    expect((await app.visitor().get('/dev/inbox.json')).status).toBe(404);
  });
});
