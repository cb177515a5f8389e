import { callTimeWords, slotWords, type TimeKind } from './call-time-words.js';

const now = new Date('2026-11-25T12:00:00+03:00');
const around = { language: 'ru', zone: 'Europe/Moscow', now } as const;
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

describe('the words of a call', () => {
  it.each<[string, TimeKind, string]>([
    ['2026-11-25T14:35:00+03:00', 'until', 'сегодня до 14:35'],
    ['2026-11-25T15:00:00+03:00', 'at', 'сегодня в 15:00'],
    ['2026-11-26T00:05:00+03:00', 'at', 'завтра в 00:05'],
    ['2026-11-26T09:15:00+03:00', 'until', 'завтра до 09:15'],
    ['2026-11-25T16:30:00+03:00', 'about', 'сегодня около 16:30'],
    ['2026-11-30T09:15:00+03:00', 'until', '30 ноября до 09:15'],
  ])('%s', (at, kind, words) => {
    expect(plain(callTimeWords(new Date(at), kind, around))).toBe(words);
  });

  it('name a slot by both its ends', () => {
    const slot = { startsAt: new Date('2026-11-25T12:00:00Z'), endsAt: new Date('2026-11-25T13:00:00Z') };
    expect(slotWords({ ...slot, day: 'today' }, around)).toBe('Сегодня, 15:00–16:00');
    expect(slotWords({ ...slot, day: 'tomorrow' }, { ...around, language: 'en' })).toBe('Tomorrow, 15:00–16:00');
  });
});
