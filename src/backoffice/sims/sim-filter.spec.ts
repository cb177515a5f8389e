import { filterOf, readSimSearch } from './sim-filter.js';

describe('what is typed into the search of SIM cards', () => {
  it.each([
    [null, { kind: 'all' }],
    ['777', { kind: 'tail', digits: '777' }],
    ['77', { kind: 'nothing' }],
    ['12-34', { kind: 'tail', digits: '1234' }],
    ['+7 921 123-45-67', { kind: 'number', number: '+79211234567' }],
    ['9211234567', { kind: 'number', number: '+79211234567' }],
    ['8970102', { kind: 'iccid_prefix', digits: '8970102' }],
    ['89701020000000000', { kind: 'iccid_prefix', digits: '897010200000000' }],
    ['8970 1020 0000 0000 001', { kind: 'iccid', bodies: ['8970102000000000001', '897010200000000000'] }],
    ['897010200000000000F', { kind: 'iccid', bodies: ['897010200000000000', '89701020000000000'] }],
    ['7', { kind: 'nothing' }],
    ['abc', { kind: 'nothing' }],
    ['1'.repeat(21), { kind: 'nothing' }],
  ])('%j is %j', (typed, search) => {
    expect(readSimSearch(typed)).toEqual(search);
  });

  it('never looks for the hidden digits of an ICCID one by one', () => {
    for (const length of [15, 16, 17]) {
      expect(readSimSearch(`8970102${'1'.repeat(length - 7)}`)).toMatchObject({ kind: 'iccid_prefix' });
      expect(
        (readSimSearch(`8970102${'1'.repeat(length - 7)}`) as { digits: string }).digits.length,
      ).toBeLessThanOrEqual(15);
    }
  });
});

it('an address written by hand filters by nothing that there is not', () => {
  const nothing = { operatorId: null, state: null, kind: null, place: null, party: null, search: { kind: 'all' } };
  expect(filterOf({ operator: 'x', state: ['in_stock'], kind: 'paper', place: 'moon:1', q: { a: 1 } })).toEqual(
    nothing,
  );
});
