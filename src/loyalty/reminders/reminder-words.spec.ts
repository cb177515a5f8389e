import { smsSegments } from '../../notifications/sms-text.js';
import { reminderEmail, reminderSms, type Surroundings } from './reminder-words.js';

const around: Surroundings = {
  zone: 'Europe/Moscow',
  now: new Date('2027-02-12T10:00:00+03:00'),
  brand: 'СМАРТ КАРД',
  siteUrl: 'https://card.example.ru',
  unsubscribeUrl: 'https://card.example.ru/mail/unsubscribe/x',
};
const burning = (pointsHundredths: bigint, language: 'ru' | 'en' = 'ru', burnsAt = '2027-03-14T00:00:00+03:00') => ({
  pointsHundredths,
  burnsAt: new Date(burnsAt),
  language,
});

describe('the reminder by SMS', () => {
  it.each([
    [12_000n, '120 баллов сгорят 14 марта. Потратьте их на любой нашей АЗС'],
    [100n, '1 балл сгорит 14 марта. Потратьте его на любой нашей АЗС'],
    [2_200n, '22 балла сгорят 14 марта. Потратьте их на любой нашей АЗС'],
    [676n, '6,76 балла сгорят 14 марта. Потратьте их на любой нашей АЗС'],
    [123_456_78n, '123 456,78 балла сгорят 14 марта. Потратьте их на любой нашей АЗС'],
  ])('of %s', (points, words) => {
    expect(reminderSms(burning(points), around)).toEqual({ subject: null, text: words });
    expect(smsSegments(words)).toBe(1);
  });

  it('stays one segment with a long date, and names another year', () => {
    const { text } = reminderSms(burning(123_456_78n, 'ru', '2028-02-29T00:00:00+03:00'), around);
    expect(text).toBe('123 456,78 балла сгорят 29 февраля 2028. Потратьте их на АЗС');
    expect(smsSegments(text)).toBe(1);
  });

  it('speaks English, in the alphabet that is half the price', () => {
    const { text } = reminderSms(burning(12_050n, 'en'), around);
    expect(text).toBe('120.50 points expire on 14 March. Spend them at any of our stations');
    expect(/^[ -~]*$/.test(text)).toBe(true);
  });

  it('names the day in the programme’s zone', () => {
    const night = { ...burning(12_000n), burnsAt: new Date('2027-03-13T21:00:00Z') };
    expect(reminderSms(night, around).text).toContain('14 марта');
    expect(
      reminderSms({ ...night, burnsAt: new Date('2027-03-27T23:00:00Z') }, { ...around, zone: 'Europe/Berlin' }).text,
    ).toContain('28 марта');
  });
});

describe('the reminder by mail', () => {
  it('says how much, till when, and how to get rid of it', () => {
    const { subject, text } = reminderEmail(burning(12_000n), around);
    expect(subject).toBe('120 баллов сгорят 14 марта');
    expect(text).toContain('до 13 марта включительно');
    expect(text).toContain('\nhttps://card.example.ru/cabinet/points\n');
    expect(text).toContain('\nhttps://card.example.ru/cabinet/notifications\n');
    expect(text).toMatch(/\nhttps:\/\/card\.example\.ru\/mail\/unsubscribe\/x$/);
    expect(reminderEmail(burning(12_000n, 'en'), around).subject).toBe('120 points expire on 14 March');
  });
});
