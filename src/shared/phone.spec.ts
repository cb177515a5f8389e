import { formatPhone, phoneOrNull, phonePrefix, readPhone } from './phone.js';

const NBSP = '\u00a0';

const SPELLINGS = [
  '+79211234567',
  '+7 921 123-45-67',
  '+7 (921) 123-45-67',
  '+7(921)123-45-67',
  '+7-921-123-45-67',
  '+7.921.123.45.67',
  '8(921)1234567',
  '8 (921) 123-45-67',
  '8 921 123 45 67',
  '8-921-123-45-67',
  '89211234567',
  '79211234567',
  '7 921 123 45 67',
  '9211234567',
  '921 123-45-67',
  '(921) 123 45 67',
  '  +7 921 123 45 67  ',
  `+7${NBSP}921${NBSP}123${NBSP}45${NBSP}67`,
  '+7\u202f921\u2009123\u201345\u201367',
  '\u202a+7 921 123\u201145\u201167\u202c',
  '+7\t921\t1234567',
  '\uff0b\uff17\uff19\uff12\uff11\uff11\uff12\uff13\uff14\uff15\uff16\uff17',
  '+8 921 123-45-67',
];

describe('readPhone', () => {
  it.each(SPELLINGS)('reads %j as one number', (spelling) => {
    expect(readPhone(spelling)).toEqual({ phone: '+79211234567' });
  });

  it.each([
    ['', 'phone_required'],
    ['   ', 'phone_required'],
    [undefined, 'phone_required'],
    [['+79211234567'], 'phone_required'],
    ['921123456', 'phone_invalid'],
    ['+7921123456789', 'phone_invalid'],
    ['+7 812 123-45-67', 'phone_invalid'],
    ['8 800 555-35-35', 'phone_invalid'],
    ['+7 921 123-45-67 доб. 12', 'phone_invalid'],
    ['name@example.ru', 'phone_invalid'],
    ['+7 701 123-45-67', 'phone_foreign'],
    ['+375 29 123-45-67', 'phone_foreign'],
  ])('refuses %j: %s', (spelling, fault) => {
    expect(readPhone(spelling)).toEqual({ fault });
  });

  it('refuses a page of digits at once', () => {
    expect(readPhone('9'.repeat(1_000_000))).toEqual({ fault: 'phone_invalid' });
  });

  it('takes other countries where they are allowed', () => {
    expect(readPhone('+7 701 123-45-67', ['RU', 'KZ'])).toEqual({ phone: '+77011234567' });
  });
});

describe('phones', () => {
  it('reads as people write them', () => {
    expect(formatPhone('+79211234567')).toBe('+7 921 123-45-67');
    expect(formatPhone('+375291234567')).toBe('+375291234567');
  });

  it('knows the block of numbers it belongs to', () => {
    expect(phonePrefix('+79211234567')).toBe('+7921123');
  });

  it('is null where there is no number', () => {
    expect(phoneOrNull('hello')).toBeNull();
    expect(phoneOrNull('8 921 123-45-67')).toBe('+79211234567');
  });
});
