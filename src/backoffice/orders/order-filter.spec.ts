import { filterParts, readFilter } from './order-filter.js';

describe('the filter of orders', () => {
  it('reads what an address says, and nothing else', () => {
    expect(
      readFilter({ view: 'board', state: 'held', mine: '1', free: '1', way: 'pickup', operator: 'mts', overdue: '1' }),
    ).toEqual({
      ...{
        board: true,
        state: 'held',
        mine: true,
        free: true,
        way: 'pickup',
        operator: 'mts',
        overdue: true,
        digits: null,
      },
    });
    expect(readFilter({ view: 'all', state: 'gone', mine: 'yes', way: ['pickup'], operator: "'", q: ['1'] })).toEqual({
      ...{
        board: false,
        state: null,
        mine: false,
        free: false,
        way: null,
        operator: null,
        overdue: false,
        digits: null,
      },
    });
  });

  it.each([
    ['8 (921) 123-45-67', '9211234567'],
    ['+7 921 123 45 67', '9211234567'],
    ['45-67', '4567'],
    ['№ 10012', '10012'],
    ['Ирина', null],
  ])('searches “%s” by %s', (typed, digits) => {
    expect(readFilter({ q: typed }).digits).toBe(digits);
    expect(filterParts(readFilter({ q: typed }))['q']).toBe(digits);
  });
});
