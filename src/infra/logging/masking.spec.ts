import { loggedError, mask } from './masking.js';

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
