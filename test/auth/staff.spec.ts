import { Invitations } from '../../src/auth/staff/invitations.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { fieldErrors, textOf } from '../support/visitor.js';
import { sameButForTokens } from './same.js';

const app = useApp();
const PASSWORD = 'четыре лошади в поле';

async function invite(email: string): Promise<string> {
  const link = await app.get(Invitations).invite({ email, role: 'manager' }, SYSTEM);
  return new URL(link).pathname;
}

describe('an invitation', () => {
  it('makes a member of staff, once', async () => {
    const path = await invite('Anna@Example.org');
    const visitor = app.visitor();
    const page = await visitor.get(path);
    expect(textOf(page)).toContain('anna@example.org');
    const weak = await visitor.submit(page, { name: '', password: 'короткий' });
    expect(Object.keys(fieldErrors(weak))).toEqual(['name']);
    const short = await visitor.submit(page, { name: 'Анна Смирнова', password: 'короткий' });
    expect(fieldErrors(short)['password']).toContain('15');
    expect((await visitor.submit(short, { name: 'Анна Смирнова', password: PASSWORD })).headers.location).toBe(
      '/admin',
    );
    expect((await app.visitor().get(path)).status).toBe(404);
    await app.signInStaff({ email: 'ANNA@example.org', password: PASSWORD });
  });

  it('given again sets a new password and ends the old sessions', async () => {
    const { email, password } = await app.world.hire('operator');
    const before = await app.signInStaff({ email, password });
    await app.visitor().submit(await invite(email), { name: 'Пётр', password: PASSWORD });
    expect((await before.get('/admin')).headers.location).toContain('/admin/session/new');
    expect((await app.visitor().submit('/admin/session/new', { email, password }, '/admin/session')).status).toBe(422);
  });
});

describe('an earlier link', () => {
  const accept = (path: string, name = 'Анна Котова') => app.visitor().submit(path, { name, password: PASSWORD });

  it('is void once there is a later one', async () => {
    const email = 'twice@example.org';
    const first = await invite(email);
    const second = await invite(email);
    expect((await app.visitor().get(first)).status).toBe(404);
    expect((await accept(second)).status).toBe(303);
  });

  it('brings nobody back who left after it was given', async () => {
    const { id, email } = await app.world.hire('operator');
    const path = await invite(email);
    const visitor = app.visitor();
    const page = await visitor.open(path);
    app.clock.advance({ seconds: 1 });
    await app.database.query('update staff set disabled_at = $2 where id = $1', [id, app.clock.real()]);
    expect((await visitor.submit(page, { name: 'Анна Котова', password: PASSWORD })).status).toBe(404);
    expect((await accept(await invite(email))).status).toBe(303);
  });

  it('sent twice at once makes one member of staff, and a refusal that says so', async () => {
    const path = await invite('race@example.org');
    const [one, other] = [app.visitor(), app.visitor()];
    const pages = [await one.open(path), await other.open(path)] as const;
    const form = { name: 'Анна Котова', password: PASSWORD };
    const answers = await Promise.all([one.submit(pages[0], form), other.submit(pages[1], form)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
    expect(textOf(answers.find(({ status }) => status === 404)!)).toContain('Приглашение больше не действует');
    const rows = await app.database.query(`select 1 from staff where email = 'race@example.org'`);
    expect(rows).toHaveLength(1);
  });

  it('makes no operator of the only administrator', async () => {
    await app.database.query(`update staff set disabled_at = now() where role = 'admin'`);
    const { email } = await app.world.hire('admin');
    await expect(invite(email)).rejects.toMatchObject({ code: 'last_administrator' });
    const second = await app.world.hire('admin');
    const path = await invite(email);
    await app.database.query('update staff set disabled_at = now() where id = $1', [second.id]);
    const refused = await accept(path);
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('единственный администратор');
  });
});

describe('the staff log-in', () => {
  it('is apart from the customers’', async () => {
    const visitor = await app.signInStaff(await app.world.hire('admin'));
    expect((await visitor.get('/cabinet/profile')).headers.location).toContain('/session/new');
    expect(visitor.cookies().map(({ name }) => name)).not.toContain('sid');
  });

  it('answers the same for known and unknown addresses, ten times in a quarter of an hour', async () => {
    const { email } = await app.world.hire('operator');
    const seen = [];
    for (const each of [email, 'nobody@example.org']) {
      const answers = [];
      for (let tries = 0; tries < 11; tries++) {
        answers.push(
          await app.visitor().submit('/admin/session/new', { email: each, password: 'x' }, '/admin/session'),
        );
      }
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(422), 429]);
      seen.push(sameButForTokens(answers[0]!, each));
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('shuts at once for whoever no longer works here', async () => {
    const { id, email, password } = await app.world.hire('admin');
    const visitor = await app.signInStaff({ email, password });
    await app.database.query('update staff set disabled_at = now() where id = $1', [id]);
    expect((await visitor.get('/admin')).headers.location).toContain('/admin/session/new');
    expect((await app.visitor().submit('/admin/session/new', { email, password }, '/admin/session')).status).toBe(422);
  });
});

// Last: counters of tries are forgotten when days pass.
describe('an old invitation', () => {
  it('is over after three days', async () => {
    const path = await invite('late@example.org');
    app.clock.advance({ days: 3, seconds: 1 });
    expect((await app.visitor().get(path)).status).toBe(404);
  });
});
