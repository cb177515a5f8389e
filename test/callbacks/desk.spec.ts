import { Scheduler } from '../../src/infra/schedule/scheduler.js';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { CallbackPurge } from '../../src/support/callbacks/callback-purge.service.js';
import { useApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { askForCall, stateOf, type Asked } from './asking.js';

const app = useApp({
  env: { CALLBACKS_PER_IP_HOUR: '500', CALLBACKS_PER_PREFIX_HOUR: '500', LINES: 'loyalty,telecom' },
});

const LIST = '/admin/callbacks';
const NOON = '2026-06-15T12:00:00+03:00';
const staff: Record<string, Visitor> = {};
const names: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, role] of [
    ['anna', 'operator'],
    ['boris', 'operator'],
    ['chief', 'manager'],
    ['admin', 'admin'],
    ['books', 'accountant'],
  ] as [string, StaffRole][]) {
    const hired = await app.world.hire(role);
    staff[name] = await app.signInStaff(hired);
    const [row] = await app.database.query<{ name: string }>('select name from staff where id = $1', [hired.id]);
    names[name] = row!.name;
  }
});
beforeEach(async () => {
  app.clock.set(NOON);
  await app.database.query(
    `update callback set state = 'cancelled', closed_at = now(), assignee_id = null, taken_at = null
     where state in ('waiting', 'taken')`,
  );
});

const pathOf = ({ id }: Asked) => `${LIST}/${id}`;
const claim = (who: string, asked: Asked) => staff[who]!.submit(pathOf(asked), {}, `${pathOf(asked)}/claim`);
const dial = (who: string, asked: Asked, fields: Record<string, string>) =>
  staff[who]!.submit(pathOf(asked), fields, `${pathOf(asked)}/dials`);

async function listed(who: string, query = ''): Promise<string[]> {
  const rows = page(await staff[who]!.open(LIST + query)).querySelectorAll('a[data-row]');
  return rows.map((link) => link.getAttribute('href')!.slice(LIST.length + 1));
}

const messagesTo = (phone: string) =>
  app.database.query<{ state: string; body: string | null; topic: string }>(
    'select state, body, topic from message where recipient = $1 order by created_at, id',
    [phone],
  );

describe('the queue', () => {
  it('begins with what is overdue, then goes by time; and tells how many are overdue', async () => {
    const later = await askForCall(app, { when: new Date('2026-06-15T18:00:00+03:00').toISOString() });
    const soon = await askForCall(app);
    app.clock.set('2026-06-15T11:00:00+03:00');
    const overdue = await askForCall(app, { topic: 'sim' });
    app.clock.set('2026-06-15T12:10:00+03:00');
    expect(await listed('anna')).toEqual([overdue.id, soon.id, later.id]);
    expect(await listed('anna', '?state=overdue')).toEqual([overdue.id]);
    expect(await listed('anna', '?topic=card')).toEqual([soon.id, later.id]);
    expect(textOf(await staff['anna']!.open('/admin'))).toContain('1 звонок просрочен');
    expect(textOf(await staff['books']!.open('/admin'))).not.toContain('просрочен');
    expect(textOf(await staff['anna']!.open(`${LIST}/overdue`))).toContain('1 звонок просрочен');
    await claim('anna', soon);
    expect(await listed('anna', '?mine=1')).toEqual([soon.id]);
    expect(await listed('boris', '?mine=1')).toEqual([]);
    expect(await listed('boris', '?state=taken')).toEqual([soon.id]);
    expect(await listed('boris', '?state=waiting&mine=0&topic=none&after=zzz')).toEqual([overdue.id, later.id]);
  });

  it('goes on page by page, open and closed ones', async () => {
    const [{ n }] = (await app.database.query(
      `with made as (
         insert into callback (id, phone, language, topic, due_at, at_chosen_time, asked_at)
         select gen_random_uuid(), '+7921' || (3000000 + i), 'ru', 'card', '2026-06-15T09:00Z'::timestamptz + (i / 3) * interval '1 min',
                false, '2026-06-15T08:45Z' from generate_series(1, 120) i returning 1)
       select count(*)::int as n from made`,
    )) as [{ n: number }];
    const walk = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let path: string | null = LIST + query; path;) {
        const tree = page(await staff['anna']!.open(path));
        found.push(...tree.querySelectorAll('a[data-row]').map((link) => link.getAttribute('href')!));
        path = tree.querySelector('a[rel="next"]')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? null;
      }
      return found;
    };
    const open = await walk('');
    expect([open.length, new Set(open).size]).toEqual([n, n]);
    await app.database.query(`update callback set state = 'cancelled', closed_at = due_at where phone like '+79213%'`);
    const closed = (await walk('?state=cancelled&topic=card')).filter((path) => open.includes(path));
    expect([closed.length, new Set(closed).size]).toEqual([n, n]);
  });

  it('reads its pages off indexes', async () => {
    await app.database.query(
      `insert into callback (id, phone, language, topic, state, due_at, at_chosen_time, outcome, closed_at, asked_at)
       select gen_random_uuid(), '+7931' || (1000000 + i), 'ru', (array['card', 'sim', 'payment', 'other'])[1 + i % 4],
              case when i % 3 = 0 then 'cancelled' else 'done' end, '2026-01-01Z'::timestamptz + i * interval '1 min', false,
              case when i % 3 = 0 then null else 'refused' end, '2026-01-01Z'::timestamptz + i * interval '1 min', '2026-01-01Z'
       from generate_series(1, 20000) i`,
    );
    await app.database.query('analyze callback');
    const planOf = async (where: string, order: string) => {
      const plan = await app.database.query<{ 'QUERY PLAN': string }>(
        `explain select id from callback c where ${where} order by ${order} limit 51`,
      );
      return plan.map((line) => line['QUERY PLAN']).join('\n');
    };
    for (const [where, order] of [
      [`c.state in ('waiting', 'taken')`, 'c.due_at, c.id'],
      [`c.state = 'done' and c.closed_at is not null`, 'c.closed_at desc, c.id desc'],
      [`c.state = 'cancelled' and c.closed_at is not null and c.topic = 'sim'`, 'c.closed_at desc, c.id desc'],
    ] as const) {
      const plan = await planOf(where, order);
      expect(plan).not.toMatch(/Seq Scan/);
      expect(plan).toMatch(/Index/);
    }
    await app.database.query(`delete from callback where phone like '+7931%'`);
  });
});

describe('two operators at one callback', () => {
  it('have it one after the other: the second is told who took it', async () => {
    const asked = await askForCall(app);
    const [one, other] = await Promise.all([staff['anna']!.open(pathOf(asked)), staff['boris']!.open(pathOf(asked))]);
    const action = `${pathOf(asked)}/claim`;
    const answers = await Promise.all([
      staff['anna']!.submit(one, {}, action),
      staff['boris']!.submit(other, {}, action),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const [winner, loser] = answers[0].status === 303 ? ['anna', 'boris'] : ['boris', 'anna'];
    const refused = answers.find(({ status }) => status === 409)!;
    expect(textOf(refused)).toContain(`Звонок взял сотрудник ${names[winner]}`);
    expect(textOf(refused)).not.toContain('Закрыть звонок');
    expect(textOf(await staff[winner]!.open(pathOf(asked)))).toContain('Закрыть звонок');
    // Pressing twice is no race.
    expect(
      (await staff[winner]!.post(action, { ...(await tokenOf(winner)), version: '1' }, pathOf(asked))).status,
    ).toBe(303);
    const stolen = await staff[loser]!.post(
      `${pathOf(asked)}/completion`,
      { ...(await tokenOf(loser)), version: '2', outcome: 'refused' },
      pathOf(asked),
    );
    expect(stolen.status).toBe(409);
    expect((await stateOf(app, asked.id)).state).toBe('taken');
    const log = await app.database.query(`select from audit_log where action = 'callback.claimed' and object_id = $1`, [
      asked.id,
    ]);
    expect(log).toHaveLength(1);
  });

  it('may take it over once it is back in the queue', async () => {
    const asked = await askForCall(app);
    await claim('anna', asked);
    const held = await staff['boris']!.open(pathOf(asked));
    expect(textOf(held)).toContain(`Взял(а): ${names['anna']}`);
    expect((await staff['boris']!.submit(held, {}, `${pathOf(asked)}/release`)).status).toBe(303);
    expect((await staff['boris']!.submit(held, {}, `${pathOf(asked)}/release`)).status).toBe(409);
    expect((await claim('boris', asked)).status).toBe(303);
  });

  it('see which public page it was asked from, and no other address', async () => {
    const { id } = await askForCall(app);
    expect(textOf(await staff['anna']!.open(`/admin/callbacks/${id}`))).toContain('Со страницы «Вопросы и ответы»');
    await app.database.query(`update callback_request set page = '/orders/secret' where callback_id = $1`, [id]);
    const shown = await staff['anna']!.open(`/admin/callbacks/${id}`);
    expect(shown.text).not.toContain('/orders/secret');
    expect(textOf(shown)).not.toContain('Со страницы');
  });

  it('see the number only once they have it', async () => {
    const asked = await askForCall(app, { phone: '+79215557788' });
    expect(textOf(await staff['anna']!.open(pathOf(asked)))).not.toMatch(/921\s555/);
    expect((await staff['anna']!.open(LIST)).text).not.toMatch(/921[\s\u00a0]?555/);
    expect(textOf(await staff['anna']!.follow(await claim('anna', asked)))).toContain('+7 921 555-77-88');
    expect(textOf(await staff['boris']!.open(pathOf(asked)))).not.toMatch(/921\s555/);
  });

  it('are told when the customer was quicker', async () => {
    const asked = await askForCall(app);
    const before = await staff['anna']!.open(pathOf(asked));
    await asked.visitor.submit(asked.path, { when: 'soon' }, `${asked.path}/time`);
    const late = await staff['anna']!.submit(before, {}, `${pathOf(asked)}/claim`);
    expect([late.status, textOf(late).includes('Звонок уже изменился')]).toEqual([409, true]);
    expect((await staff['anna']!.submit(late, {}, `${pathOf(asked)}/claim`)).status).toBe(303);
    const working = await staff['anna']!.open(pathOf(asked));
    expect(textOf(await asked.visitor.open(asked.path))).toContain('Вам уже звонят');
    await asked.visitor.submit(asked.path, {}, `${asked.path}/cancellation`);
    const closed = await staff['anna']!.submit(working, { outcome: 'refused' }, `${pathOf(asked)}/completion`);
    expect([closed.status, textOf(closed).includes('Этот звонок уже закрыт')]).toEqual([409, true]);
  });
});

describe('a dial', () => {
  it('that failed puts the callback off, to what is proposed or chosen', async () => {
    const asked = await askForCall(app);
    await claim('anna', asked);
    expect((await dial('anna', asked, { result: 'no_answer', dialNote: 'Долгие гудки' })).status).toBe(303);
    expect(await stateOf(app, asked.id)).toMatchObject({ state: 'waiting', due: '15 12:30', missed: 1 });
    expect(textOf(await asked.visitor.open(asked.path))).toContain(
      'Мы звонили, но не застали вас. Попробуем ещё раз сегодня около 12:30',
    );
    await claim('boris', asked);
    const form = page(await staff['boris']!.open(pathOf(asked)));
    expect(form.querySelector('select[name="nextTry"] option[selected]')?.getAttribute('value')).toBe('two_hours');
    const slot = new Date('2026-06-16T11:00:00+03:00').toISOString();
    await dial('boris', asked, { result: 'talked', nextTry: slot });
    expect(await stateOf(app, asked.id)).toMatchObject({
      state: 'waiting',
      due: '16 11:00',
      at_chosen_time: true,
      missed: 0,
    });
    const shown = textOf(await staff['anna']!.open(pathOf(asked)));
    expect(shown).toContain('Долгие гудки');
    await claim('anna', asked);
    const refused = await dial('anna', asked, { result: 'busy', nextTry: 'yesterday' });
    expect(Object.keys(fieldErrors(refused))).toEqual(['nextTry']);
    await dial('anna', asked, { result: 'wrong_number' });
    expect(await stateOf(app, asked.id)).toMatchObject({ state: 'done', outcome: 'wrong_number' });
    expect(textOf(await asked.visitor.open(asked.path))).toContain('Заявка закрыта');
    await expect(app.database.query(`update callback_dial set result = 'talked'`)).rejects.toThrow();
  });

  it('that failed twice sends an SMS, by whose link the customer chooses the time', async () => {
    const asked = await askForCall(app, { phone: '+79215550303' });
    await claim('anna', asked);
    await dial('anna', asked, { result: 'no_answer' });
    expect(await messagesTo(asked.phone)).toEqual([]);
    await claim('anna', asked);
    await dial('anna', asked, { result: 'busy', nextTry: 'tomorrow' });
    const sms = await app.smsTo(asked.phone);
    expect(sms).toMatch(/^Не дозвонились до вас\. Выберите время звонка: http\S+\/callback\/[\w-]{22}$/);
    await eventually(async () =>
      expect(await messagesTo(asked.phone)).toEqual([{ state: 'sent', body: null, topic: 'callback' }]),
    );
    const path = new URL(/http\S+/.exec(sms)![0]).pathname;
    expect(path).not.toBe(asked.path);
    const owner = app.visitor();
    expect(textOf(await owner.open(path))).toContain('Попробуем ещё раз завтра около 09:00');
    const chosen = new Date('2026-06-15T19:00:00+03:00').toISOString();
    const moved = await owner.follow(await owner.submit(path, { when: chosen }, `${path}/time`));
    expect(textOf(moved)).toContain('Позвоним сегодня в 19:00');
    expect(await stateOf(app, asked.id)).toMatchObject({ due: '15 19:00', at_chosen_time: true, missed: 0 });
    // It starts anew: the third miss is a first one, the fourth asks again.
    await claim('boris', asked);
    await dial('boris', asked, { result: 'no_answer' });
    expect(await messagesTo(asked.phone)).toHaveLength(1);
    await claim('boris', asked);
    await dial('boris', asked, { result: 'no_answer' });
    await eventually(async () =>
      expect((await messagesTo(asked.phone)).map(({ state }) => state)).toEqual(['sent', 'sent']),
    );
    // The link of the SMS proves the phone: it takes back all that was asked for.
    await owner.submit(path, {}, `${path}/cancellation`);
    expect((await stateOf(app, asked.id)).state).toBe('cancelled');
    expect(textOf(await asked.visitor.open(asked.path))).toContain('Звонок отменён');
  });

  it('that failed twice in the quiet hours waits for the morning, and says nothing where we got through', async () => {
    const [one, other] = [await askForCall(app), await askForCall(app)];
    app.clock.set('2026-06-15T21:30:00+03:00');
    for (const asked of [one, other, one, other]) {
      await claim('anna', asked);
      await dial('anna', asked, { result: 'no_answer', nextTry: 'tomorrow' });
    }
    for (const { phone } of [one, other]) {
      expect((await messagesTo(phone)).map(({ state }) => state)).toEqual(['queued']);
    }
    await claim('anna', other);
    await staff['anna']!.submit(pathOf(other), { outcome: 'question_answered' }, `${pathOf(other)}/completion`);
    app.clock.set('2026-06-16T09:01:00+03:00');
    await eventually(async () => {
      await app.get(Scheduler).runDue(app.clock.now());
      expect((await messagesTo(one.phone)).map(({ state }) => state)).toEqual(['sent']);
      expect((await messagesTo(other.phone)).map(({ state }) => state)).toEqual(['cancelled']);
    });
  });

  it('to a phone of a city sends none', async () => {
    const asked = await askForCall(app, { phone: '+78112112233' });
    for (let i = 0; i < 2; i++) {
      await claim('anna', asked);
      await dial('anna', asked, { result: 'no_answer' });
    }
    expect(await messagesTo(asked.phone)).toEqual([]);
    expect(await stateOf(app, asked.id)).toMatchObject({ state: 'waiting', missed: 2 });
  });
});

describe('a callback', () => {
  it('is closed with its outcome, leads to the customer of the phone, and shows who did what', async () => {
    const { till } = await app.world.openStation();
    const { phone, customerId } = await app.world.activeCard(till);
    const asked = await askForCall(app, { phone, name: 'Ира' });
    await staff['chief']!.submit(pathOf(asked), { comment: 'Звонила вчера\nпро баллы' }, `${pathOf(asked)}/comments`);
    await claim('anna', asked);
    const done = await staff['anna']!.submit(
      pathOf(asked),
      { outcome: 'order_made', outcomeNote: 'Заказ 17' },
      `${pathOf(asked)}/completion`,
    );
    expect(done.headers.location).toBe(LIST);
    expect(await stateOf(app, asked.id)).toMatchObject({ state: 'done', outcome: 'order_made' });
    const shown = await staff['admin']!.open(pathOf(asked));
    expect(page(shown).querySelector(`dd a[href="/admin/customers/${customerId}"]`)?.text).toBe('Петрова Ирина');
    for (const words of [
      'Оформили заказ',
      'Заказ 17',
      'Звонила вчера',
      'Заказан звонок',
      'Звонок взят',
      'Звонок закрыт',
    ]) {
      expect(textOf(shown)).toContain(words);
    }
    expect(await listed('anna', '?state=done&mine=1')).toContain(asked.id);
    expect(await listed('boris', '?state=done&mine=1')).not.toContain(asked.id);
    expect((await claim('anna', asked).catch((error: Error) => error.message)) as string).toContain('no form');
    const again = await askForCall(app, { phone });
    expect(again.id).not.toBe(asked.id);
    expect(textOf(await staff['anna']!.open(pathOf(again)))).toContain('Раньше по этому номеру');
    const log = await app.database.query<{ facts: object }>(
      `select facts from audit_log where object_kind = 'callback' and object_id = $1`,
      [asked.id],
    );
    expect(JSON.stringify(log)).not.toMatch(/\+7|Ира|Заказ 17/);
  });

  it('is nobody’s business but operators’, managers’ and administrators’', async () => {
    const asked = await askForCall(app);
    expect((await staff['books']!.get(LIST)).status).toBe(403);
    expect((await staff['books']!.get(pathOf(asked))).status).toBe(403);
    for (const who of ['anna', 'chief', 'admin']) expect((await staff[who]!.get(pathOf(asked))).status).toBe(200);
    const without = await staff['anna']!.post(`${pathOf(asked)}/claim`, { version: '1' }, pathOf(asked));
    expect(without.status).toBe(403);
    const unknown = '0190a1b2-0000-7000-8000-000000000000';
    for (const verb of ['claim', 'release', 'dials', 'completion', 'comments']) {
      const fields = { version: '1', result: 'busy', nextTry: 'tomorrow', outcome: 'refused', comment: 'x' };
      const answer = await staff['anna']!.post(
        `${LIST}/${unknown}/${verb}`,
        { ...(await tokenOf('anna')), ...fields },
        LIST,
      );
      expect(answer.status).toBe(404);
    }
  });

  it('is forgotten after a year, with all that belongs to it', async () => {
    const asked = await askForCall(app);
    await claim('anna', asked);
    await dial('anna', asked, { result: 'no_answer' });
    await staff['anna']!.submit(pathOf(asked), { comment: 'x' }, `${pathOf(asked)}/comments`);
    app.clock.set('2027-06-15T11:00:00+03:00');
    await app.get(CallbackPurge).forgetOld(app.clock.now());
    expect((await staff['anna']!.get(pathOf(asked))).status).toBe(200);
    app.clock.set('2027-06-15T13:00:00+03:00');
    expect(await app.get(CallbackPurge).forgetOld(app.clock.now())).toBeGreaterThan(0);
    expect((await staff['anna']!.get(pathOf(asked))).status).toBe(404);
    expect((await app.visitor().get(asked.path)).status).toBe(404);
    for (const table of ['callback_request', 'callback_dial', 'callback_comment']) {
      expect(await app.database.query(`select from ${table} where callback_id = $1`, [asked.id])).toEqual([]);
    }
  });
});

async function tokenOf(who: string): Promise<{ _csrf: string }> {
  const home = await staff[who]!.open('/admin');
  return { _csrf: page(home).querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '' };
}
