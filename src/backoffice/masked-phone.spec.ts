import { maskedPhone } from './masked-phone.js';

it('hides the middle of a phone', () => {
  expect(maskedPhone('+79211234567')).toBe('+7\u00a0921\u00a0···\u00a045-67');
  expect(maskedPhone('+375291234567')).toBe('+37\u00a0···\u00a04567');
});

it('shows nothing of the place-holder that a deleted cabinet keeps', () => {
  expect(maskedPhone('+999123456789012')).toBe('—');
});
