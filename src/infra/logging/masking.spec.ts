import { loggedError, mask, maskPath } from './masking.js';

test.each([
  ['+79210001201 не найден', '… не найден'],
  ['8 (921) 000-12-01', '…'],
  ['card 2990000000017 is blocked', 'card … is blocked'],
  ['code 123456 of 2026-06-15', 'code 123456 of 2026-06-15'],
])('%s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});

test('an error of the ORM loses the statement with its values, and its frames stay', () => {
  const error = Object.assign(
    new Error(`insert into "login" ("phone", "name") values ('+79210001201', 'Иван') - duplicate key`),
    { name: 'UniqueConstraintViolationException', code: '23505' },
  );
  const logged = loggedError(error);
  expect(logged).toMatchObject({ type: 'UniqueConstraintViolationException', message: 'duplicate key', code: '23505' });
  expect(logged.stack).toMatch(/^ +at /);
  expect(JSON.stringify(logged)).not.toContain('Иван');
});

test('what is thrown without being an error is told too', () => {
  expect(loggedError('no luck')).toEqual({ type: 'string', message: 'no luck', stack: '' });
});

test('PostgreSQL’s detail and the values it quotes stay out, in the error and in its cause', () => {
  const cause = new Error(
    'duplicate key value violates unique constraint "staff_email_key"\n - detail: Key (email)=(anna@mail.ru) already exists.',
  );
  const error = Object.assign(new Error(`insert into "staff" ("email") values ('anna@mail.ru') - ${cause.message}`), {
    code: '23505',
    detail: 'Key (email)=(anna@mail.ru) already exists.',
    parameters: ['anna@mail.ru'],
    cause,
  });
  const logged = loggedError(error);
  expect(logged.message).toBe('duplicate key value violates unique constraint "staff_email_key"');
  expect(JSON.stringify(logged)).not.toContain('anna');
});

test.each([
  ['invalid input syntax for type uuid: "secret"', 'invalid input syntax for type uuid: …'],
  ['value "99999" is out of range for type integer', 'value … is out of range for type integer'],
  [`select "a" from b where c = 'x - "y' - invalid input syntax for type uuid: "x - y"`, 'data exception'],
])('%s', (message, masked) => {
  expect(loggedError(Object.assign(new Error(message), { code: '22P02' })).message).toBe(masked);
});

test.each([
  ['/admin/invitatoin/n6zGd2V-x_0Kq8bT4mYwPzRr1sLcUeHf', '/admin/invitatoin/…'],
  ['/codes/0198d5e0-7b1c-7c3e-9f00-3c2d1e0f9a8b/x', '/codes/0198d5e0-7b1c-7c3e-9f00-3c2d1e0f9a8b/x'],
  ['/cards/2990000000017', '/cards/…'],
])('the path %s', (path, masked) => {
  expect(maskPath(path)).toBe(masked);
});
