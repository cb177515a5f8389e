import fc from 'fast-check';
import { cardDigits, checkDigit, groupCardNumber, isEan13, randomCardNumber } from './ean13.js';

const real = ['4607036340658', '4604386012273', '4006381333931', '9780201379624', '5901234123457', '0012345678905'];
const twelve = fc.stringMatching(/^\d{12}$/);

describe('EAN-13', () => {
  it.each(real)('accepts the real code %s', (code) => {
    expect(isEan13(code)).toBe(true);
    expect(checkDigit(code.slice(0, 12))).toBe(code[12]);
  });

  it.each([
    '4607036340657',
    '460703634065',
    '46070363406580',
    '',
    'abcdefghijklm',
    '46070363 40658',
    '４６０７０３６３４０６５８',
  ])('refuses %s', (code) => expect(isEan13(code)).toBe(false));

  it('knows any twelve digits with their check digit, and no other thirteenth', () => {
    fc.assert(
      fc.property(twelve, fc.integer({ min: 1, max: 9 }), (digits, off) => {
        const right = checkDigit(digits);
        expect(isEan13(digits + right)).toBe(true);
        expect(isEan13(digits + String((Number(right) + off) % 10))).toBe(false);
      }),
    );
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(twelve, fc.nat(12), fc.integer({ min: 1, max: 9 }), (digits, at, off) => {
        const code = digits + checkDigit(digits);
        const wrong = code.slice(0, at) + String((Number(code[at]) + off) % 10) + code.slice(at + 1);
        expect(isEan13(wrong)).toBe(false);
      }),
    );
  });

  it('refuses to compute from anything but twelve digits', () => {
    expect(() => checkDigit('123')).toThrow(RangeError);
  });
});

describe('card numbers', () => {
  it('are valid, internal and not in a row', () => {
    const numbers = Array.from({ length: 2000 }, randomCardNumber);
    expect(numbers.every((n) => isEan13(n) && n.startsWith('2990'))).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(1990);
    expect(new Set(numbers.map((n) => n.slice(4, 6))).size).toBeGreaterThan(90);
  });

  it('are read with any spaces and dashes and shown in groups', () => {
    expect(groupCardNumber('2990123456784')).toBe('2990 1234 5678 4');
    for (const typed of [
      '2990 1234 5678 4',
      ' 2990-1234-5678-4\t',
      '2990\u00a01234\u202f5678\u20094',
      '2990–1234−5678—4',
    ]) {
      expect(cardDigits(typed)).toBe('2990123456784');
    }
    fc.assert(fc.property(twelve, (d) => cardDigits(groupCardNumber(d + '0')) === d + '0'));
  });
});
