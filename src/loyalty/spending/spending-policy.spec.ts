import { ProofRequired, spendableBy } from './spending-policy.js';

const number = { number: '2990384417265' };
const phone = { phone: '+79210000000' };
const proof = { id: 'device x 1', customerId: 'me' };

it('lets a number spend up to what the programme dares, a phone nothing', () => {
  expect(spendableBy({ card: number, redeem: 500_00n }, 'me', 500_00n, 500_00n)).toBe(500_00n);
  expect(() => spendableBy({ card: number, redeem: 500_01n }, 'me', 500_01n, 500_00n)).toThrow(ProofRequired);
  expect(spendableBy({ card: number, redeem: 999_00n }, 'me', 999_00n, null)).toBe(999_00n);
  expect(() => spendableBy({ card: phone, redeem: 1n }, 'me', 1n, null)).toThrow(ProofRequired);
});

it('never refuses max, but gives less of it', () => {
  expect(spendableBy({ card: number, redeem: 'max' }, 'me', 900_00n, 500_00n)).toBe(500_00n);
  expect(spendableBy({ card: phone, redeem: 'max' }, 'me', 900_00n, null)).toBe(0n);
});

it('lets a proof of the same customer spend anything', () => {
  expect(spendableBy({ card: phone, redeem: 900_00n, proof }, 'me', 900_00n, 0n)).toBe(900_00n);
  expect(() => spendableBy({ card: phone, redeem: 1n, proof }, 'another', 1n, null)).toThrow(ProofRequired);
});
