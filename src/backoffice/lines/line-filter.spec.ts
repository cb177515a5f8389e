import { filterParts, readFilter } from './line-filter.js';

const OPERATOR = '0190a000-0000-7000-8000-000000000002';

describe('the filter of lines', () => {
  it('reads what an address says, and nothing else', () => {
    expect(readFilter({ state: 'suspended', operator: OPERATOR })).toEqual({
      ...{ state: 'suspended', operatorId: OPERATOR, digits: null },
    });
    expect(readFilter({ state: 'gone', operator: "'", q: ['1'] })).toEqual({
      ...{ state: null, operatorId: null, digits: null },
    });
  });

  it.each([
    ['8 (921) 123-45-67', '9211234567'],
    ['+7 921 123 45 67', '9211234567'],
    ['45-67', '4567'],
    ['Ирина', null],
  ])('searches “%s” by %s', (typed, digits) => {
    expect(filterParts(readFilter({ q: typed }))['q']).toBe(digits);
  });
});
