import { SAID_BY_NOBODY } from '../tariff-terms.js';
import { tariffCsv } from './tariff-csv.js';

/** A file as it should be: what is known and what is not, in every way in which a cell may say it. */
export function exampleFile(): Buffer {
  const amount = 'amount' as const;
  const source = { source: 'https://example.org/tariffs', sourceYear: 2026, sourceQuality: 'official' as const };
  return tariffCsv([
    {
      ...{ operator: 'МТС', slug: 'primer-dlya-telefona' },
      terms: {
        ...{ ...SAID_BY_NOBODY, ...source, name: 'Пример для телефона', region: 'Псковская область' },
        ...{ priceKopecks: 64_990n, minutesKind: amount, minutes: 500, trafficKind: amount, trafficMegabytes: 20_500 },
        ...{ smsKind: 'none', extras: ['мессенджеры без ограничений', 'раздача интернета'], connectionFeeKopecks: 0n },
        ...{ conditions: 'Плата списывается в день подключения и дальше раз в месяц.', lastDay: '2026-12-31' },
      },
    },
    {
      ...{ operator: 'megafon', slug: 'primer-dlya-modema' },
      terms: {
        ...{ ...SAID_BY_NOBODY, name: 'Пример для модема', audience: 'modem', priceKopecks: 3_000n, period: 'day' },
        ...{ minutesKind: 'none', trafficKind: 'unlimited' },
      },
    },
    {
      ...{ operator: 'T2', slug: 'primer-dlya-organizacij' },
      terms: {
        ...{ ...SAID_BY_NOBODY, name: 'Пример для организаций', audience: 'corporate', forPersons: true },
        ...{ trafficKind: amount, trafficMegabytes: 10_000 },
      },
    },
  ]);
}
