import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf } from '../support/visitor.js';
import { customer, customerWithPassword, PASSWORD } from './people.js';

const app = useApp();
const ABOUT = {
  surname: 'Иванова-Петрова',
  name: ' Анна  Мария ',
  patronymic: '',
  birthDate: '1990-05-31',
  sex: 'female',
  email: 'anna@example.ru',
  language: 'ru',
};

describe('the profile', () => {
  it('shows what is known and keeps what is typed', async () => {
    const { phone } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const shown = await visitor.get('/cabinet/profile');
    expect(page(shown).querySelector('#surname')?.getAttribute('value')).toBe('Петрова');
    const saved = await visitor.submit(shown, ABOUT, '/cabinet/profile');
    expect([saved.status, saved.headers.location]).toEqual([303, '/cabinet/profile']);
    const next = await visitor.follow(saved);
    expect(textOf(next)).toContain('Профиль сохранён');
    expect(page(next).querySelector('#name')?.getAttribute('value')).toBe('Анна Мария');
    expect(page(next).querySelector('#birthDate')?.getAttribute('value')).toBe('1990-05-31');
    expect(page(next).querySelector('input[value="female"]')?.hasAttribute('checked')).toBe(true);
  });

  it.each([
    ['name', '<script>'],
    ['surname', 'я'.repeat(61)],
    ['birthDate', '1990-02-30'],
    ['birthDate', '2999-01-01'],
    ['birthDate', '1850-01-01'],
    ['email', 'anna@'],
    ['sex', 'other'],
    ['language', 'de'],
  ])('refuses %s %j at its field and keeps the rest', async (field, value) => {
    const { phone } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const refused = await visitor.submit('/cabinet/profile', { ...ABOUT, [field]: value }, '/cabinet/profile');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Иванова-Петрова'.slice(0, field === 'surname' ? 0 : undefined));
    if (!['sex', 'language'].includes(field)) expect(Object.keys(fieldErrors(refused))).toEqual([field]);
    const kept = await app.database.query('select surname from customer c join login l using (id) where phone = $1', [
      phone,
    ]);
    expect(kept).toEqual([{ surname: 'Петрова' }]);
  });

  it('speaks English from then on where English was chosen', async () => {
    const { phone } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const saved = await visitor.submit('/cabinet/profile', { ...ABOUT, language: 'en' }, '/cabinet/profile');
    expect(textOf(await visitor.follow(saved))).toContain('Profile saved');
  });

  it('gives and withdraws the consent to mailings', async () => {
    const { phone, customerId } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    const consents = () =>
      app.database.query<{ withdrawn: boolean; source: string }>(
        `select withdrawn_at is not null as withdrawn, source from consent where customer_id = $1 and kind = 'mailings'`,
        [customerId],
      );
    await visitor.submit('/cabinet/profile', { mailings: 'on' }, '/cabinet/profile/mailings').catch(() => null);
    const form = await visitor.get('/cabinet/profile');
    const token = /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1];
    await visitor.post('/cabinet/profile/mailings', { mailings: 'on', _csrf: token });
    expect(await consents()).toEqual([{ withdrawn: false, source: 'profile' }]);
    await visitor.post('/cabinet/profile/mailings', { mailings: 'off', _csrf: token });
    expect(await consents()).toEqual([{ withdrawn: true, source: 'profile' }]);
  });
});

describe('the password', () => {
  it('is set directly where none was, and closes the cabinet elsewhere', async () => {
    const { phone } = await customer(app);
    const elsewhere = await app.signInCustomer({ phone });
    await app.database.query(`update rate_limit set expire = 0 where key like 'sms_pause%'`);
    const visitor = await app.signInCustomer({ phone });
    const form = await visitor.get('/cabinet/profile/password');
    expect(page(form).querySelector('#currentPassword')).toBeNull();
    expect((await visitor.submit(form, { password: phone.slice(2) })).status).toBe(422);
    expect((await visitor.submit(form, { password: PASSWORD })).status).toBe(303);
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
    expect((await elsewhere.get('/cabinet/profile')).status).toBe(303);
    await app.signInCustomer({ phone, password: PASSWORD });
  });

  it('changes with the current one only, after five wrong ones not at all', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    const statuses = [];
    for (let tries = 0; tries < 6; tries++) {
      const form = { currentPassword: 'не он', password: 'новый пароль' };
      const answer = await visitor.submit('/cabinet/profile/password', form);
      statuses.push(answer.status);
      if (tries === 0) expect(Object.keys(fieldErrors(answer))).toEqual(['currentPassword']);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    await app.database.query(`update rate_limit set expire = 0`);
    const form = { currentPassword: PASSWORD, password: 'новый пароль' };
    expect((await visitor.submit('/cabinet/profile/password', form)).status).toBe(303);
  });
});
