import {
  dayOf,
  formatDate,
  formatDateTime,
  formatInteger,
  formatMoney,
  formatPercent,
  formatPoints,
  withSign,
} from './format.js';

const moscow = { zone: 'Europe/Moscow', now: new Date('2026-11-23T09:00:00Z') };
const noon = new Date('2026-11-22T09:15:00Z');

describe('money', () => {
  it.each([
    [125050n, '1 250,50 ₽', '₽1,250.50'],
    [120000n, '1 200 ₽', '₽1,200'],
    [-50025n, '−500,25 ₽', '−₽500.25'],
    [5n, '0,05 ₽', '₽0.05'],
    [0n, '0 ₽', '₽0'],
    [123456789012345678n, '1 234 567 890 123 456,78 ₽', '₽1,234,567,890,123,456.78'],
  ])('%s kopecks', (kopecks, russian, english) => {
    expect(formatMoney(kopecks, 'ru')).toBe(russian.replaceAll(' ', '\u00a0'));
    expect(formatMoney(kopecks, 'en')).toBe(english);
  });
});

describe('points', () => {
  it('keeps two places unless the figure is whole', () => {
    expect(formatPoints(128450n, 'ru')).toBe('1\u00a0284,50');
    expect(formatPoints(12000n, 'ru')).toBe('120');
    expect(formatPoints(-35000n, 'ru')).toBe('−350');
  });
});

it('drops the closing nought of a rate', () => {
  expect([100, 150, 125].map((rate) => formatPercent(rate, 'ru'))).toEqual(['1', '1,5', '1,25']);
  expect(formatPercent(150, 'en')).toBe('1.5');
});

it('shows every sign but that of nought', () => {
  expect(['24,27', '−350', '0', '0,05'].map(withSign)).toEqual(['+24,27', '−350', '0', '+0,05']);
});

it('groups whole numbers', () => {
  expect(formatInteger(1234567, 'ru')).toBe('1\u00a0234\u00a0567');
  expect(formatInteger(-1000n, 'en')).toBe('−1,000');
});

describe('dates', () => {
  it('stand in the given zone', () => {
    expect(formatDateTime(noon, { ...moscow, language: 'ru' })).toBe('22\u00a0ноября, 12:15');
    expect(formatDateTime(noon, { ...moscow, zone: 'Asia/Vladivostok', language: 'ru' })).toBe('22\u00a0ноября, 19:15');
    expect(formatDateTime(noon, { ...moscow, language: 'en' })).toBe('22\u00a0November, 12:15');
  });

  it('name the year only where it differs', () => {
    expect(formatDate(new Date('2025-02-28T22:00:00Z'), { ...moscow, language: 'ru' })).toBe('1\u00a0марта 2025');
  });

  it('group by the calendar of the zone', () => {
    expect(dayOf(new Date('2026-11-22T21:30:00Z'), 'Europe/Moscow')).toBe('2026-11-23');
  });
});
