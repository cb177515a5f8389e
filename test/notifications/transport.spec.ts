import { loadConfig } from '../../src/infra/config/load-config.js';

const REAL = { DATABASE_URL: 'postgres://localhost/card', SECRET: 'Kq7vXw2Zr9Lm4Tn8Bc5Hd1Fg6Js3Py0AbQe' };

describe('how SMS leave', () => {
  it('is the inbox in the demo and nowhere else', () => {
    expect(loadConfig('all', {}).smsTransport).toBe('dev_inbox');
    expect(loadConfig('web', REAL).smsTransport).toBe('none');
    expect(() => loadConfig('web', { ...REAL, SMS_TRANSPORT: 'dev_inbox' })).toThrow('works in the demo only');
  });
});

describe('how mails leave', () => {
  it('is a mail server where one is named, else the inbox in the demo and nothing elsewhere', () => {
    const url = 'smtps://card:secret@mail.example.ru';
    expect(loadConfig('all', {}).messaging).toMatchObject({ emailTransport: 'dev_inbox', smtpUrl: undefined });
    expect(loadConfig('web', REAL).messaging.emailTransport).toBe('none');
    for (const environment of [{ SMTP_URL: url }, { ...REAL, SMTP_URL: url }]) {
      expect(loadConfig('all', environment).messaging).toMatchObject({ emailTransport: 'smtp', smtpUrl: url });
    }
  });

  it('names a sender that is one address on one line', () => {
    expect(loadConfig('all', {}).messaging.mailFrom).toBe('СМАРТ КАРД <help@smartcard.example>');
    expect(loadConfig('all', { BRAND_NAME: 'А <б>, "в"' }).messaging.mailFrom).toBe('А б в <help@smartcard.example>');
    const from = 'Смарт Кард <card@smartcard.example>';
    expect(loadConfig('all', { MAIL_FROM: from }).messaging.mailFrom).toBe(from);
    for (const wrong of ['nobody', 'a@b.ru, c@d.ru', 'A <a@b.ru>, <c@d.ru>', 'A <a@b.ru>\nBcc: c@d.ru']) {
      expect(() => loadConfig('all', { MAIL_FROM: wrong })).toThrow('MAIL_FROM must be');
    }
  });

  it('tells no password where the address is wrong', () => {
    expect(() => loadConfig('all', { SMTP_URL: 'http://card:hunter2@mail' })).toThrow(/SMTP_URL must be(?!.*hunter2)/s);
  });
});

describe('the quiet hours', () => {
  it('are the night, and as they are set', () => {
    expect(loadConfig('all', {}).messaging.quietHours).toEqual({ fromMinute: 1260, toMinute: 540 });
    const { quietHours } = loadConfig('all', { QUIET_FROM: '00:00', QUIET_TO: '00:00' }).messaging;
    expect(quietHours).toEqual({ fromMinute: 0, toMinute: 0 });
    expect(() => loadConfig('all', { QUIET_FROM: '24:00', QUIET_TO: '9' })).toThrow(/QUIET_FROM must[^]*QUIET_TO must/);
  });
});
