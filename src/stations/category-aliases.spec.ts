import { readAliases } from './category-aliases.js';

describe('goods group codes', () => {
  it('are read between commas, semicolons and line ends', () => {
    const { aliases, faults } = readAliases({ fuel: 'АИ-92, АИ-95;ДТ\r\n  100 ', tobacco: '7,,\n', goods: '' });
    expect(faults).toEqual([]);
    expect([...aliases]).toEqual([
      ['АИ-92', 'fuel'],
      ['АИ-95', 'fuel'],
      ['ДТ', 'fuel'],
      ['100', 'fuel'],
      ['7', 'tobacco'],
    ]);
  });

  it('count as one category; the same code twice in it is no fault', () => {
    expect(readAliases({ fuel: '1, 1' }).faults).toEqual([]);
    expect(readAliases({ fuel: '1', food: '2, 1' }).faults).toEqual([
      { path: 'food', code: 'alias_taken', params: { code: '1' } },
    ]);
  });

  it('have limits', () => {
    expect(readAliases({ goods: 'x'.repeat(65) }).faults).toMatchObject([{ path: 'goods', code: 'alias_too_long' }]);
    const many = Array.from({ length: 501 }, (_, i) => `c${i}`).join(',');
    expect(readAliases({ goods: many }).faults).toMatchObject([{ code: 'aliases_too_many' }]);
  });
});
