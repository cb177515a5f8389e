import { codeSms, smsSegments } from './sms-text.js';

describe('codeSms', () => {
  it('is one segment and ends with the line that WebOTP reads', () => {
    expect(codeSms('ru', '123456', 'card.example.ru')).toBe(
      'Код 123456. Никому не говорите\n\n@card.example.ru #123456',
    );
    expect(smsSegments(codeSms('ru', '123456', 'card.example.ru'))).toBe(1);
    expect(codeSms('en', '123456', 'card.example.ru')).toBe(
      'Code 123456. Tell it to nobody\n\n@card.example.ru #123456',
    );
  });

  it('stays one segment whatever the host', () => {
    const long = codeSms('ru', '123456', 'personal-cabinet.loyalty-programme.example.ru');
    expect(long).toBe('Код 123456. Никому не говорите');
    expect(smsSegments(long)).toBe(1);
  });
});

describe('smsSegments', () => {
  it('counts as gateways bill', () => {
    expect(smsSegments('я'.repeat(70))).toBe(1);
    expect(smsSegments('я'.repeat(71))).toBe(2);
    expect(smsSegments('я'.repeat(135))).toBe(3);
    expect(smsSegments('a'.repeat(160))).toBe(1);
    expect(smsSegments('a'.repeat(161))).toBe(2);
  });
});
