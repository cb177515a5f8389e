import { setTimeout } from 'node:timers/promises';
import { FirstPasswords } from '../../src/auth/first-log-in/first-passwords.service.js';
import { SecurityAlarms } from '../../src/auth/first-log-in/security-alarms.service.js';
import { Database } from '../../src/infra/database/database.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, useApp } from '../support/app.js';

/** In a run of its own all six thousand subscribers of the business; a part of them beside every change. */
const ACCOUNTS = Number(process.env['SPRAY_ACCOUNTS'] ?? 300);
const GUESSES = ['0000', '1234', '1111', '4821', '9999'];
const AT_ONCE = 16;
/** Many times what so many accounts with five guesses each take. */
const LONGEST_MS = 60_000 + 60 * ACCOUNTS;

interface Account {
  loginId: string;
  number: string;
  tail: string;
}

/** Subscribers who have not logged in yet. Every thousandth has digits that are among the guesses. */
async function subscribers(app: TestApp): Promise<Account[]> {
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => ({
    loginId: newId(),
    number: `+7900${String(n).padStart(7, '0')}`,
    tail: n % 300 === 7 ? '4821' : String(2000 + (n % 2500)),
  }));
  await app.database.query(
    `insert into login (id, phone, created_at) select id, phone, now() from unnest($1::uuid[], $2::text[]) as t (id, phone)`,
    [accounts.map(({ loginId }) => loginId), accounts.map((_, n) => `+7999${String(n).padStart(7, '0')}`)],
  );
  await app.database.query(
    `insert into login_number (phone, login_id) select phone, id from unnest($1::text[], $2::uuid[]) as t (phone, id)`,
    [accounts.map(({ number }) => number), accounts.map(({ loginId }) => loginId)],
  );
  await app.get(Database).transaction(async (sql) => {
    for (const { loginId, number: phone, tail } of accounts) {
      await app.get(FirstPasswords).open(sql, { loginId, phone, tails: [tail], actor: { kind: 'system' } });
    }
  });
  return accounts;
}

/** Five guesses at each, from nowhere in particular: what a limit by address would never see. */
async function spray(app: TestApp, accounts: Account[]): Promise<Account[]> {
  const first = app.get(FirstPasswords);
  const guessed: Account[] = [];
  for (const guess of GUESSES) {
    for (let from = 0; from < accounts.length; from += AT_ONCE) {
      const some = accounts.slice(from, from + AT_ONCE);
      const found = await Promise.all(some.map(({ number }) => first.match(number, guess)));
      guessed.push(...some.filter((_, n) => found[n] !== null));
      await setTimeout(0);
    }
  }
  return guessed;
}

describe('guesses sprayed over all subscribers', () => {
  const app = useApp();

  it(
    'raise the alarm after a handful, and no digits are looked at any more',
    async () => {
      const accounts = await subscribers(app);
      const guessed = await spray(app, accounts);
      expect(guessed).toEqual([]);
      const [alarm, ...others] = await app.get(SecurityAlarms).open();
      expect(others).toEqual([]);
      expect(alarm!.phones).toBeGreaterThanOrEqual(20);
      const [touched] = await app.database.query<{ count: number }>(
        'select count(*)::int as count from first_password where tries_left < 5',
      );
      // Those that were in hand when the alarm went off, and no more.
      expect(touched!.count).toBeLessThan(20 + 2 * AT_ONCE);
    },
    LONGEST_MS,
  );
});

describe('digits that were guessed all the same', () => {
  // As if each guess came in an hour of its own.
  const app = useApp({ env: { FIRST_PASSWORD_PHONES: '1000000' } });

  it(
    'open no cabinet: the code goes to the SIM card itself',
    async () => {
      const accounts = await subscribers(app);
      const guessed = await spray(app, accounts);
      expect(guessed.length).toBe(accounts.filter(({ tail }) => GUESSES.includes(tail)).length);
      expect(guessed.length).toBeGreaterThan(0);
      const { number, tail } = guessed[0]!;
      const thief = app.visitor();
      const step = await thief.submit('/session/new', { phone: number, password: tail }, '/session');
      const page = await thief.follow(step);
      for (const code of ['000000', '123456', '111111', '654321', '999999']) {
        const refused = await thief.submit(page, { code }, /session\/first\/[^/]+$/);
        expect(refused.status).toBe(422);
      }
      expect((await thief.get('/cabinet')).status).toBe(303);
      const opened = await app.database.query(
        `select from audit_log where action in ('login.logged_in', 'login.password_set')`,
      );
      expect(opened).toEqual([]);
      expect(await app.smsTo(number)).toMatch(/\d{6}/);
    },
    LONGEST_MS,
  );
});
