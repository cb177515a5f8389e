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
  totalHundredths: pointsHundredths,
  days: 30,
  burnsAt: new Date(burnsAt),
  language,
});

describe('the reminder by SMS', () => {
  it.each([
    [12_000n, 'Потратьте 120 баллов до 13 марта включительно, потом они сгорят'],
    [100n, 'Потратьте 1 балл до 13 марта включительно, потом он сгорит'],
    [2_200n, 'Потратьте 22 балла до 13 марта включительно, потом они сгорят'],
    [676n, 'Потратьте 6,76 балла до 13 марта включительно, потом они сгорят'],
    [123_456_78n, 'Потратьте 123 456,78 балла до 13 марта включительно, потом они сгорят'],
  ])('of %s', (points, words) => {
    expect(reminderSms(burning(points), around)).toEqual({ subject: null, text: words });
    expect(smsSegments(words)).toBe(1);
  });

  it('stays one segment with a long date, and names another year', () => {
    const { text } = reminderSms(burning(123_456_78n, 'ru', '2028-02-29T00:00:00+03:00'), around);
    expect(text).toBe('Потратьте 123 456,78 балла до 28 февраля 2028 включительно');
    expect(smsSegments(text)).toBe(1);
  });

  it('speaks English, in the alphabet that is half the price', () => {
    const { text } = reminderSms(burning(12_050n, 'en'), around);
    expect(text).toBe('Spend 120.50 points through 13 March, then they expire');
    expect(/^[ -~]*$/.test(text)).toBe(true);
  });

  it('names what burns in all, in two segments at most', () => {
    const some = { ...burning(211n), totalHundredths: 9680n };
    expect(reminderSms(some, around).text).toBe(
      'Потратьте 2,11 балла до 13 марта включительно, потом они сгорят. Всего за 30 дней — 96,80 балла',
    );
    const most = { ...burning(123_456_78n, 'ru', '2028-03-01T00:00:00+03:00'), totalHundredths: 999_999_99n };
    expect(smsSegments(reminderSms(most, around).text)).toBe(2);
    expect(reminderSms({ ...burning(211n, 'en'), totalHundredths: 9680n }, around).text).toBe(
      'Spend 2.11 points through 13 March, then they expire. In 30 days: 96.80 points in all',
    );
    expect(reminderEmail(some, around).text).toContain('Всего за 30 дней можно потерять 96,80 балла');
  });

  it('names the day in the programme’s zone', () => {
    const night = { ...burning(12_000n), burnsAt: new Date('2027-03-13T21:00:00Z') };
    expect(reminderSms(night, around).text).toContain('до 13 марта включительно');
    expect(
      reminderSms({ ...night, burnsAt: new Date('2027-03-27T23:00:00Z') }, { ...around, zone: 'Europe/Berlin' }).text,
    ).toContain('до 27 марта включительно');
  });
});

describe('the reminder by mail', () => {
  it('says how much, till when, and how to get rid of it', () => {
    const { subject, text } = reminderEmail(burning(12_000n), around);
    expect(subject).toBe('Потратьте 120 баллов до 13 марта включительно');
    expect(text).toContain('до 13 марта включительно');
    expect(text).toContain('\nhttps://card.example.ru/cabinet/points\n');
    expect(text).toContain('\nhttps://card.example.ru/cabinet/notifications\n');
    expect(text).toMatch(/\nhttps:\/\/card\.example\.ru\/mail\/unsubscribe\/x$/);
    expect(reminderEmail(burning(12_000n, 'en'), around).subject).toBe('Spend 120 points through 13 March');
  });
});
