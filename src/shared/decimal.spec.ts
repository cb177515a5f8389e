import fc from 'fast-check';
import { formatDecimal, parseDecimal } from './decimal.js';

describe('decimal strings', () => {
  it.each([
    ['0', 0n],
    ['0.00', 0n],
    ['1250.50', 125050n],
    ['1250.5', 125050n],
    ['9999999.99', 999999999n],
  ])('reads %s', (text, units) => {
    expect(parseDecimal(text, 2)).toBe(units);
  });

  it.each([
    '',
    '-1',
    '+1',
    '1.',
    '.5',
    '0.001',
    '1e3',
    'NaN',
    '１２',
    '1,50',
    ' 1',
    '1 ',
    '007',
    '0x10',
    '9'.repeat(40),
  ])('refuses %j', (text) => {
    expect(parseDecimal(text, 2)).toBeNull();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (units) => {
        expect(parseDecimal(formatDecimal(units), 2)).toBe(units);
      }),
    );
  });

  it('writes signs and leading zeros', () => {
    expect(formatDecimal(-5n)).toBe('-0.05');
    expect(formatDecimal(41905n, 3)).toBe('41.905');
  });
});
