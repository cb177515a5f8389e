import type { TaskDetails } from '../../tasks/operator-task.js';
import { requestWords, stepsInWords } from './request-words.js';

const OPTIONS = { language: 'ru', zone: 'Europe/Moscow', now: new Date('2026-11-29T12:00:00Z') } as const;
const task = { operator: 'МегаФон', created_at: '2026-11-29T11:00:00Z', sent_at: null, closed_at: null };
const flat = (words: string) => words.replaceAll('\u00a0', ' ');

describe('how far a request is', () => {
  it.each([
    [{ state: 'waiting' }, 'принято 14:00, ещё не отправлено'],
    [{ state: 'sent', sent_at: '2026-11-29T11:02:00Z' }, 'отправлено в МегаФон 14:02'],
    [
      { state: 'done', sent_at: '2026-11-29T11:02:00Z', closed_at: '2026-11-29T11:40:00Z' },
      'отправлено в МегаФон 14:02 → готово 14:40',
    ],
    [
      { state: 'done', sent_at: '2026-11-27T11:02:00Z', closed_at: '2026-11-27T11:40:00Z' },
      'отправлено в МегаФон 27 ноября, 14:02 → готово 14:40',
    ],
    [
      { state: 'refused', sent_at: '2026-11-27T20:58:00Z', closed_at: '2026-11-27T21:05:00Z' },
      'отправлено в МегаФон 27 ноября, 23:58 → оператор отказал 28 ноября, 00:05',
    ],
    [{ state: 'called_off', closed_at: '2026-11-29T11:05:00Z' }, 'принято 14:00 → отменено 14:05'],
  ] as const)('%j: %s', (request, words) => {
    expect(flat(stepsInWords({ ...task, ...request }, OPTIONS).join(' → '))).toBe(words);
  });
});

describe('what was asked for', () => {
  const number = '+79001234567';

  it.each([
    [{ kind: 'activate', number, tariff: 'Супер' }, 'Подключение номера'],
    [
      { kind: 'change_tariff', number, tariffVersionId: '1', tariff: 'Супер', from: '2026-12-01' },
      'Смена тарифа на «Супер» с 1 декабря 2026',
    ],
    [{ kind: 'change_tariff', number, tariffVersionId: '1', tariff: 'Супер' }, 'Смена тарифа на «Супер»'],
    [{ kind: 'suspend', number, through: '2026-12-10' }, 'Приостановка номера по 10 декабря 2026'],
    [{ kind: 'suspend', number }, 'Приостановка номера'],
    [{ kind: 'resume', number }, 'Включение номера после паузы'],
    [{ kind: 'replace_sim', number, simId: '1', iccid: '89' }, 'Замена SIM-карты'],
    [
      { kind: 'port', number, ported: '+79211112233', donor: 'Билайн', from: '2026-12-07' },
      'Перенос номера +7 900 123-45-67 → +7 921 111-22-33 (Билайн), не раньше 7 декабря 2026',
    ],
  ] as const)('%j: %s', (details, words) => {
    expect(requestWords(details, 'ru').replaceAll('\u00a0', ' ')).toBe(words);
  });

  it('says no number that was erased', () => {
    const erased = { kind: 'port', number: '', from: '2026-12-07' } as TaskDetails;
    expect(requestWords(erased, 'ru')).toBe('Перенос номера');
  });
});
