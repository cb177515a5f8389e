import { birthDateFault } from './birth-date.js';

const TODAY = '2026-11-22';

it.each([null, undefined, '', '2026-11-22', '1990-05-31', '1906-11-22'])('takes %j', (date) => {
  expect(birthDateFault(date, TODAY)).toBeNull();
});

it.each(['2026-11-23', '1906-11-21', '0001-01-01', '9999-01-01'])('refuses %s', (date) => {
  expect(birthDateFault(date, TODAY)).toEqual({ path: 'birthDate', code: 'birth_date' });
});
