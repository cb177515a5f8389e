import { exampleFile } from './example-file.js';
import { tariffCsv } from './tariff-csv.js';
import { readTariffFile } from './tariff-file.js';
import { readTariffRow } from './tariff-rows.js';
import { SAID_BY_NOBODY, type TariffTerms } from '../tariff-terms.js';

const OPERATORS = new Map([
  ['mts', 'id-mts'],
  ['мтс', 'id-mts'],
  ['megafon', 'id-megafon'],
  ['t2', 'id-t2'],
]);
const HEADING = 'operator,name,slug,region,audience,price_rub,period,minutes,gigabytes,sms';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (line: string, heading = HEADING) =>
  readTariffRow(readTariffFile(bytes(`${heading}\n${line}`))[0]!, OPERATORS);
const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a row of a file', () => {
  it('says what it says and no more', () => {
    expect(read('МТС,Супер,mts-super,Москва,phone,649.90,month,500,0.5,')).toEqual({
      ...{ row: 2, slug: 'mts-super', operatorId: 'id-mts' },
      terms: {
        ...{ name: 'Супер', region: 'Москва', audience: 'phone', priceKopecks: 64_990n, period: 'month' },
        ...{ minutesKind: 'amount', minutes: 500, trafficKind: 'amount', trafficMegabytes: 500 },
        ...{ smsKind: 'unknown', sms: null },
      },
    });
  });

  it('keeps apart what is unknown, none and without limit', () => {
    expect(read('t2,М,t2-m,регион не назван,modem,,day,нет,unlimited,')).toMatchObject({
      terms: {
        ...{ region: null, priceKopecks: null, minutesKind: 'none', minutes: null },
        ...{ trafficKind: 'unlimited', trafficMegabytes: null, smsKind: 'unknown' },
      },
    });
  });

  it('says nothing of columns that the file does not have', () => {
    const heading = 'operator,name,slug,audience,price_rub,period,minutes,gigabytes';
    const row = read('mts,А,a,phone,1,month,1,1', heading);
    expect(Object.keys('terms' in row ? row.terms : {})).not.toContain('extras');
  });

  it.each([
    ['Теле3,А,a,,phone,1,month,1,1,', 'operator', 'operator'],
    ['mts,,a,,phone,1,month,1,1,', 'name', 'needed'],
    ['mts,А,Тариф,,phone,1,month,1,1,', 'slug', 'slug'],
    ['mts,А,compare,,phone,1,month,1,1,', 'slug', 'slug'],
    ['mts,А,a,,fridge,1,month,1,1,', 'audience', 'audience'],
    ['mts,А,a,,phone,дорого,month,1,1,', 'price_rub', 'money'],
    ['mts,А,a,,phone,-1,month,1,1,', 'price_rub', 'money'],
    ['mts,А,a,,phone,1.005,month,1,1,', 'price_rub', 'money'],
    ['mts,А,a,,phone,1,century,1,1,', 'period', 'period'],
    ['mts,А,a,,phone,1,month,много,1,', 'minutes', 'allowance'],
    ['mts,А,a,,phone,1,month,1,0.0001,', 'gigabytes', 'allowance'],
    [`mts,${'А'.repeat(101)},a,,phone,1,month,1,1,`, 'name', 'long'],
  ])('with a fault names its line and its column: %s', (line, column, code) => {
    expect(read(line)).toEqual([{ row: 2, column, code }]);
  });

  it('names all its faults at once', () => {
    expect(read('x,,,,x,x,x,x,x,x')).toHaveLength(9);
  });
});

describe('a file', () => {
  it.each([
    ['semicolons and decimal commas', bytes(`${HEADING.replaceAll(',', ';')}\nмтс;Супер;s;;phone;649,90;month;1;0,5;`)],
    ['a mark of its encoding', bytes(`\ufeff${HEADING}\nмтс,Супер,s,,phone,649.90,month,1,0.5,`)],
    [
      'windows-1251',
      Buffer.concat([
        bytes(`${HEADING}\nmts,`),
        Buffer.from([0xd1, 0xf3, 0xef, 0xe5, 0xf0]),
        bytes(',s,,phone,649.90,month,1,0.5,'),
      ]),
    ],
  ])('may come with %s', (_what, file) => {
    expect(readTariffRow(readTariffFile(file)[0]!, OPERATORS)).toMatchObject({
      terms: { name: 'Супер', priceKopecks: 64_990n, trafficMegabytes: 500 },
    });
  });

  it.each([
    ['', 'tariff_file_empty'],
    [HEADING, 'tariff_file_empty'],
    ['operator,name\nmts,А', 'tariff_file_columns'],
    [`${HEADING},colour\nmts,А,a,,phone,1,month,1,1,,red`, 'tariff_file_strange'],
    [`${HEADING},sms\nmts,А,a,,phone,1,month,1,1,,1`, 'tariff_file_strange'],
    [`${HEADING}\nmts,"А,a`, 'tariff_file_broken'],
    [`${HEADING}\n${'mts,А,a,,phone,1,month,1,1,\n'.repeat(5001)}`, 'tariff_file_long'],
  ])('that cannot be read is refused', (text, code) => {
    expect(refusal(() => readTariffFile(bytes(text)))).toBe(code);
  });

  it('is read as it was written, formulas and line ends included', () => {
    const terms: TariffTerms = {
      ...{ ...SAID_BY_NOBODY, name: '=1+1', audience: 'corporate', forPersons: true, region: 'Псков; «область»' },
      ...{ priceKopecks: 5n, period: 'day', connectionFeeKopecks: 0n, minutesKind: 'unlimited', smsKind: 'none' },
      ...{ trafficKind: 'amount', trafficMegabytes: 12, extras: ['+500 минут за 250', 'музыка'] },
      ...{ conditions: 'Первое.\n\nВторое, "в кавычках".', lastDay: '2026-12-31' },
      ...{ source: '-', sourceYear: 2026, sourceQuality: 'dealer' },
    };
    const [row] = readTariffFile(tariffCsv([{ operator: 'МТС', slug: 'a-b', terms }]));
    expect(readTariffRow(row!, OPERATORS)).toEqual({ row: 2, slug: 'a-b', operatorId: 'id-mts', terms });
  });

  it('that staff download as an example has no fault', () => {
    const rows = readTariffFile(exampleFile()).map((row) => readTariffRow(row, OPERATORS));
    expect(rows.filter((row) => Array.isArray(row))).toEqual([]);
    expect(rows).toHaveLength(3);
  });
});
