import { birthDateFault, changedOn, countsFrom } from './birth-date.js';

const TODAY = '2026-11-22';

it.each([null, undefined, '', '2026-11-22', '1990-05-31', '1906-11-22'])('takes %j', (date) => {
  expect(birthDateFault(date, TODAY)).toBeNull();
});

it.each(['2026-11-23', '1906-11-21', '0001-01-01', '9999-01-01'])('refuses %s', (date) => {
  expect(birthDateFault(date, TODAY)).toEqual({ path: 'birthDate', code: 'birth_date' });
});

describe('a changed birth date', () => {
  it.each([
    ['told first', null, null, '1990-05-31', null],
    ['left as it is', '1990-05-31', null, '1990-05-31', null],
    ['left as it was changed', '1990-05-31', '2026-01-01', '1990-05-31', '2026-01-01'],
    ['changed', '1990-05-31', null, '1990-06-01', TODAY],
    ['changed again', '1990-05-31', '2026-01-01', '1990-06-01', TODAY],
    ['taken away', '1990-05-31', null, null, TODAY],
    ['told again after that', null, '2026-01-01', '1990-05-31', TODAY],
  ])('%s', (_name, birthDate, birthDateChangedOn, next, day) => {
    expect(changedOn({ birthDate, birthDateChangedOn }, next, TODAY)).toBe(day);
  });

  it('counts 365 days later', () => {
    expect([countsFrom('2026-11-22'), countsFrom('2028-01-01')]).toEqual(['2027-11-22', '2028-12-31']);
  });
});
