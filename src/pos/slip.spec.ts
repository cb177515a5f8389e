import type { Purchase } from '../loyalty/purchase.js';
import { slipsOf } from './slip.js';

const purchase = (changes: Partial<Purchase> = {}): Purchase => ({
  id: 'p',
  state: 'confirmed',
  card: {
    ...{ number: '2990384417265', kind: 'plastic', state: 'active', accountId: 'a', customerId: 'c' },
    ...{ soldAt: null, holder: null },
  },
  priced: { lines: [], totalKopecks: 242741n, redeemedHundredths: 35000n, earnedHundredths: 2077n },
  balance: {
    availableHundredths: 128450n,
    heldHundredths: 0n,
    expiring: [{ pointsHundredths: 12000n, at: new Date('2026-12-13T21:00:00Z') }],
  },
  ...changes,
});

describe('a slip', () => {
  it('says what was spent and earned, the balance and what burns next', () => {
    expect(slipsOf(purchase(), 'Europe/Moscow').slip).toEqual([
      'Карта                     *17265',
      'Списано баллов            350,00',
      'Начислено баллов           20,77',
      'Баланс                  1 284,50',
      'Сгорят после 13.12.2026   120,00',
    ]);
  });

  it('asks to activate a card that is only sold, and promises rather than reports on a quote', () => {
    const card = { ...purchase().card, state: 'sold' as const };
    const balance = { availableHundredths: -5n, heldHundredths: 0n, expiring: [] };
    expect(slipsOf(purchase({ card, balance, state: 'quoted' }), 'Europe/Moscow').slip).toEqual([
      'Карта                     *17265',
      'Можно списать             350,00',
      'Будет начислено            20,77',
      'Баланс                     -0,05',
      'Активируйте карту на сайте,',
      'чтобы тратить баллы',
    ]);
  });

  it('puts an amount that does not fit beside its name under it', () => {
    const at = new Date('2029-02-28T21:00:00Z');
    const balance = { ...purchase().balance, expiring: [{ pointsHundredths: 10_000_000n, at }] };
    const { slip, slip48 } = slipsOf(purchase({ balance }), 'Europe/Moscow');
    expect(slip.slice(-2)).toEqual(['Сгорят после 28.02.2029', '                      100 000,00']);
    expect(slip48.at(-1)).toBe('Сгорят после 28.02.2029               100 000,00');
  });

  it('fits the narrow and the wide paper', () => {
    const balance = { ...purchase().balance, availableHundredths: 10n ** 13n };
    const { slip, slip48 } = slipsOf(purchase({ balance }), 'UTC');
    expect(new Set(slip.map((line) => line.length))).toEqual(new Set([32]));
    expect(new Set(slip48.map((line) => line.length))).toEqual(new Set([48]));
    expect(slip48[1]).toBe('Списано баллов                            350,00');
  });
});
