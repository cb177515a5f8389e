import { fitsBik, innFault, isKpp, isPersonInn, ogrnFault, requisiteFaults, type Requisites } from './requisites.js';

const SBER: Requisites = {
  ...{ name: 'Сбербанк', fullName: null, inn: '7707083893', kpp: '773601001', ogrn: '1027700132195', address: null },
  ...{ bik: '044525225', account: null, correspondent: '30101810400000000225', signer: null, signerBasis: null },
  email: null,
};
const codes = (given: Partial<Requisites>): string[] =>
  requisiteFaults({ ...SBER, ...given }).map(({ path, code }) => `${path} ${code}`);

/** The number with each digit changed to each other one, in turn. */
function slips(number: string): string[] {
  return [...number].flatMap((digit, place) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => number.slice(0, place) + other + number.slice(place + 1)),
  );
}

describe('a taxpayer number', () => {
  it.each(['7707083893', '7736050003', '7830002293', '500100732259'])('%s is right', (inn) => {
    expect(innFault(inn)).toBeNull();
  });

  it.each(['', '770708389', '77070838931', '7707083893a', '５００１００７３２２'])('%s has not its shape', (inn) => {
    expect(innFault(inn)).toBe('inn_shape');
  });

  it.each(['7707083893', '500100732259'])('%s with one wrong digit is told, but for what modulo 10 hides', (inn) => {
    const missed = slips(inn).filter((slip) => innFault(slip) === null);
    expect(missed.length).toBeLessThan(inn.length * 9 * 0.03);
    expect(innFault(inn.slice(0, -1) + String((Number(inn.at(-1)) + 1) % 10))).toBe('inn_check');
  });

  it('of twelve digits is a person’s', () => {
    expect([isPersonInn('500100732259'), isPersonInn('7707083893')]).toEqual([true, false]);
  });
});

describe('a registration number', () => {
  it.each([
    ['1027700132195', '7707083893'],
    ['1027700070518', '7736050003'],
    ['304500116000157', '500100732259'],
  ])('%s fits', (ogrn, inn) => {
    expect(ogrnFault(ogrn, inn)).toBeNull();
  });

  it('has thirteen digits for a company and fifteen for a person', () => {
    expect(ogrnFault('304500116000157', '7707083893')).toBe('ogrn_shape');
    expect(ogrnFault('1027700132195', '500100732259')).toBe('ogrn_shape');
    expect(ogrnFault('10277001321 9', '7707083893')).toBe('ogrn_shape');
  });

  it('has a check digit', () => {
    expect(ogrnFault('1027700132196', '7707083893')).toBe('ogrn_check');
    expect(ogrnFault('304500116000158', '500100732259')).toBe('ogrn_check');
  });
});

describe('the code of a tax office', () => {
  it.each([
    ['773601001', true],
    ['7736AZ001', true],
    ['7736az001', false],
    ['77360100', false],
  ])('%s', (kpp, right) => {
    expect(isKpp(kpp)).toBe(right);
  });
});

// The examples of the Bank of Russia's own order.
describe('the key of an account', () => {
  it('of a bank’s client is worked out with the last three digits of the BIK', () => {
    expect(fitsBik('40602810700000000025', '049805746', 'bank')).toBe(true);
    for (const key of '012345689') expect(fitsBik(`40602810${key}00000000025`, '049805746', 'bank')).toBe(false);
  });

  it('of a bank with the Bank of Russia, with 0 and the fifth and sixth', () => {
    expect(fitsBik('30101810800000000746', '049805746', 'bank_of_russia')).toBe(true);
    expect(fitsBik('30101810400000000225', '044525225', 'bank_of_russia')).toBe(true);
    expect(fitsBik('30101810300000000225', '044525225', 'bank_of_russia')).toBe(false);
  });

  it('of whoever keeps an account with the Bank of Russia, likewise', () => {
    expect(fitsBik('40102810800000010001', '049805000', 'bank')).toBe(
      fitsBik('40102810800000010001', '049805000', 'bank_of_russia'),
    );
    expect(fitsBik('40102810700000000025', '049805000', 'bank')).toBe(
      fitsBik('40102810700000000025', '049805746', 'bank_of_russia'),
    );
  });
});

describe('requisites', () => {
  it('are right as a whole', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ bik: null, correspondent: null, kpp: null, ogrn: null })).toEqual([]);
    expect(codes({ inn: '500100732259', kpp: null, ogrn: '304500116000157' })).toEqual([]);
  });

  it('say what is wrong, field by field', () => {
    expect(codes({ inn: '7707083894' })).toEqual(['inn inn_check']);
    expect(codes({ inn: '500100732259' })).toEqual(['kpp kpp_person', 'ogrn ogrn_shape']);
    expect(codes({ kpp: '77', ogrn: '1' })).toEqual(['kpp kpp_shape', 'ogrn ogrn_shape']);
    expect(codes({ bik: '44525225' })).toEqual(['bik bik_shape']);
    expect(codes({ bik: null })).toEqual(['bik bik_needed']);
    expect(codes({ account: '4070281' })).toEqual(['account account_shape']);
    expect(codes({ account: '40702810000000000001', correspondent: null })).toEqual(['account account_key']);
  });
});

describe('zeros alone', () => {
  it.each(['0000000000', '000000000000'])('are no taxpayer number: %s', (inn) => {
    expect(innFault(inn)).toBe('inn_check');
  });

  it.each([
    ['0000000000000', '7707083893'],
    ['000000000000000', '500100732259'],
  ])('are no registration number: %s', (ogrn, inn) => {
    expect(ogrnFault(ogrn, inn)).toBe('ogrn_check');
  });
});
