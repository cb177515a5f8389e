import { useApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { holding } from '../support/holding.js';
import { page, textOf, type Visitor } from '../support/visitor.js';
import { customerWithPassword, PASSWORD, type Person } from './people.js';

const app = useApp();
const PROFILE = '/cabinet/profile';

const come = ({ phone }: Person): Promise<Visitor> => app.signInCustomer({ phone, password: PASSWORD });
const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get(PROFILE)).status === 200;
const closures = (answer: Awaited<ReturnType<Visitor['get']>>): string[] =>
  page(answer)
    .querySelectorAll('#sessions form')
    .map((form) => form.getAttribute('action') ?? '')
    .filter((action) => !action.includes('/others/'));

describe('where a cabinet is open', () => {
  it('is shown on the profile, this device first, with no session id in the page', async () => {
    const person = await customerWithPassword(app);
    await come(person);
    const visitor = await come(person);
    const shown = await visitor.get(PROFILE);
    expect(page(shown).querySelectorAll('#sessions li')).toHaveLength(2);
    expect(page(shown).querySelector('#sessions li')?.text).toContain('это устройство');
    expect(textOf(shown)).toContain('127.0.*.*');
    const sids = await app.database.query<{ sid: string }>(
      `select sid from customer_session where sess->>'ownerId' = $1`,
      [person.customerId],
    );
    expect(sids).toHaveLength(2);
    for (const { sid } of sids) expect(shown.text).not.toContain(sid);
  });

  it('is closed elsewhere, one or all, and never here by its own list', async () => {
    const person = await customerWithPassword(app);
    const [visitor, second, third] = [await come(person), await come(person), await come(person)];
    const shown = await visitor.get(PROFILE);
    const [action] = closures(shown);
    await visitor.submit(shown, {}, action);
    const left = await Promise.all([second, third].map(isIn));
    expect(left.sort()).toEqual([false, true]);
    await visitor.submit(PROFILE, {}, `${PROFILE}/sessions/others/closure`);
    expect([await isIn(visitor), await isIn(second), await isIn(third)]).toEqual([true, false, false]);
    expect(closures(await visitor.get(PROFILE))).toEqual([]);
  });

  it('is not closed by a stranger who knows the address of the form', async () => {
    const person = await customerWithPassword(app);
    const [visitor, other] = [await come(person), await come(person)];
    const [action = ''] = closures(await visitor.get(PROFILE));
    const stranger = await come(await customerWithPassword(app));
    const token = /name="_csrf" value="([^"]+)"/.exec((await stranger.get(PROFILE)).text)?.[1];
    expect((await stranger.post(action, { _csrf: token }, PROFILE)).status).toBe(303);
    expect(await isIn(other)).toBe(true);
  });

  it('stays closed, even for a request that was under way and is a sign of life', async () => {
    const person = await customerWithPassword(app);
    const visitor = await come(person);
    app.clock.advance({ minutes: 1 });
    const form = await visitor.get(PROFILE);
    app.clock.advance({ minutes: 1 });
    const edited = await holding(
      app.database.url,
      'select from customer where id = $1 for update',
      [person.customerId],
      async () => {
        const answer = { coming: visitor.submit(form, { surname: 'Ёлкина' }, PROFILE) };
        await eventually(async () => {
          const waiting = await app.database.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          expect(waiting).toHaveLength(1);
        });
        await app.database.query(`delete from customer_session where sess->>'ownerId' = $1`, [person.customerId]);
        return answer;
      },
    );
    expect((await edited.coming).status).toBe(303);
    expect(await isIn(visitor)).toBe(false);
  });

  it('forgets sessions that ran out', async () => {
    const person = await customerWithPassword(app);
    await come(person);
    app.clock.advance({ minutes: 16 });
    const visitor = await come(person);
    expect(page(await visitor.get(PROFILE)).querySelectorAll('#sessions li')).toHaveLength(1);
  });

  it('is known to staff, who may close all of it', async () => {
    const person = await customerWithPassword(app);
    const visitor = await come(person);
    const operator = await app.signInStaff(await app.world.hire('operator'));
    const path = `/admin/customers/${person.customerId}`;
    expect(textOf(await operator.open(path))).toContain('На 1 устройстве');
    await operator.submit(`${path}/access`, {}, `${path}/access/sessions/closure`);
    expect(await isIn(visitor)).toBe(false);
    const [entry] = await app.database.query(
      `select actor_kind, facts from audit_log where action = 'login.sessions_closed' and object_id = $1`,
      [person.customerId],
    );
    expect(entry).toEqual({ actor_kind: 'staff', facts: { count: 1 } });
  });
});
