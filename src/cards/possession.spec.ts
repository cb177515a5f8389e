import { isPossessionCode, possessionCode } from './possession.js';

describe('the possession code', () => {
  const secret = 'a secret of the installation';

  it('is six digits that depend on the number and on the secret', () => {
    const code = possessionCode(secret, '2990123456784');
    expect(code).toMatch(/^\d{6}$/);
    expect(possessionCode(secret, '2990123456784')).toBe(code);
    expect(possessionCode('another secret', '2990123456784')).not.toBe(code);
    expect(possessionCode(secret, '2990123456791')).not.toBe(code);
  });

  it('is recognised as typed, spaces allowed, and nothing else is', () => {
    const code = possessionCode(secret, '2990123456784');
    expect(isPossessionCode(secret, '2990123456784', ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(true);
    for (const wrong of [
      '',
      '12345',
      '1234567',
      code + '0',
      String((Number(code) + 1) % 1_000_000).padStart(6, '0'),
      'абвгде',
    ]) {
      expect(isPossessionCode(secret, '2990123456784', wrong)).toBe(false);
    }
  });
});
