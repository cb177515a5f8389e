import type { Config } from '../infra/config/config.js';
import { PossessionCodes } from './possession-codes.service.js';

const codesOf = (secret: string) =>
  new PossessionCodes({ keyFor: (purpose: string) => Buffer.from(`${secret} ${purpose}`) } as Config);

describe('the possession code', () => {
  const codes = codesOf('an installation');
  const number = '2990123456784';

  it('is six digits that depend on the number and on the secret', () => {
    const code = codes.possessionCode(number);
    expect(code).toMatch(/^\d{6}$/);
    expect(codes.possessionCode(number)).toBe(code);
    expect(codesOf('another').possessionCode(number)).not.toBe(code);
    expect(codes.possessionCode('2990123456791')).not.toBe(code);
  });

  it('is recognised as typed, spaces allowed, and nothing else is', () => {
    const code = codes.possessionCode(number);
    expect(codes.proves(number, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(true);
    const next = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (const wrong of ['', '12345', '1234567', `${code}0`, next, 'абвгде']) {
      expect(codes.proves(number, wrong)).toBe(false);
    }
  });
});
