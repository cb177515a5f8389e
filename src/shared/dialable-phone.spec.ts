import { readDialablePhone } from './dialable-phone.js';

describe('a number that is called', () => {
  it.each([
    ['8 921 123-45-67', '+79211234567'],
    ['+7 (8112) 12-34-56', '+78112123456'],
    ['8 495 123 45 67', '+74951234567'],
    ['4951234567', '+74951234567'],
  ])('%s', (spelling, phone) => {
    expect(readDialablePhone(spelling)).toEqual({ phone });
  });

  it.each([
    ['', 'phone_required'],
    ['8 800 555-01-23', 'phone_invalid'],
    ['8 809 505-01-23', 'phone_invalid'],
    ['123-45-67', 'phone_invalid'],
    ['112', 'phone_invalid'],
    ['+1 202 555 0123', 'phone_foreign'],
    ['+7 701 123 45 67', 'phone_foreign'],
  ])('not %s', (spelling, fault) => {
    expect(readDialablePhone(spelling)).toEqual({ fault });
  });
});
