import { CUSTOMER_PASSWORD_LENGTH, passwordFault, STAFF_PASSWORD_LENGTH } from './password.rules.js';

const PHONE = '+79211234567';

describe('passwordFault', () => {
  it.each([
    ['', 'password_required'],
    ['короткий'.slice(0, 7), 'password_short'],
    ['a1'.repeat(65), 'password_long'],
    ['password', 'password_common'],
    ['PassWord', 'password_common'],
    ['qwertyuiop', 'password_common'],
    ['йцукенгш', 'password_common'],
    ['аааааааа', 'password_common'],
    ['абабабаб', 'password_common'],
    ['89211234567', 'password_own_name'],
    ['+7 (921) 123-45-67', 'password_own_name'],
    ['9211234567', 'password_own_name'],
    ['8 (921) 123–45–67', 'password_own_name'],
    ['тел. 8/921/123/45/67', 'password_own_name'],
  ])('%j for a customer: %s', (password, fault) => {
    expect(passwordFault(password, CUSTOMER_PASSWORD_LENGTH, [PHONE])).toBe(fault);
  });

  it.each(['белая ворона', '🐳🐋🐬🦭🦈🐙🦑🦐', 'correct horse battery staple', 'x'.repeat(3) + 'Ж7'.repeat(3) + '!'])(
    'takes %j',
    (password) => {
      expect(passwordFault(password, CUSTOMER_PASSWORD_LENGTH, [PHONE])).toBeNull();
    },
  );

  it('asks staff for more, and not their own address', () => {
    expect(passwordFault('белая ворона', STAFF_PASSWORD_LENGTH)).toBe('password_short');
    expect(passwordFault('ekaterina.petrovskaya', STAFF_PASSWORD_LENGTH, ['ekaterina.petrovskaya@example.ru'])).toBe(
      'password_own_name',
    );
    expect(passwordFault('белая ворона летит', STAFF_PASSWORD_LENGTH, ['ekaterina@example.ru'])).toBeNull();
  });
});
