import { luhnDigit, passesLuhn } from './luhn.js';

it.each([
  ['7992739871', '3'],
  ['897010212345678901', '8'],
  ['0', '0'],
])('the check digit of %s is %s', (body, digit) => {
  expect(luhnDigit(body)).toBe(digit);
  expect(passesLuhn(body + digit)).toBe(true);
});

it('notices a wrong digit and two that changed places', () => {
  expect(passesLuhn('79927398714')).toBe(false);
  expect(passesLuhn('97927398713')).toBe(false);
});
