import { readWords, valuesOf } from './placeholders.js';

describe('the words of an instruction', () => {
  it('are cut at what stands for a value', () => {
    expect(readWords('Найдите {номер} у { оператор }.', 'resume')).toEqual({
      stretches: [{ text: 'Найдите ' }, { name: 'номер' }, { text: ' у ' }, { name: 'оператор' }, { text: '.' }],
      fault: null,
    });
  });

  it.each([
    ['{тарифф}', 'activate', '{тарифф}'],
    ['{тариф}', 'suspend', '{тариф}'],
    ['{ICCID}', 'replace_sim', null],
    ['{по какой день}', 'suspend', null],
    ['номер}', 'activate', '}'],
    ['{номер', 'activate', '{'],
    ['{{номер}}', 'activate', '{'],
    ['{}', 'activate', '{}'],
  ] as const)('“%s” for %s: %s', (words, kind, fault) => {
    expect(readWords(words, kind).fault).toBe(fault);
  });

  it('are filled in with what the task says', () => {
    const details = { kind: 'suspend', number: '+79210000001' } as const;
    expect(valuesOf(details, 'МегаФон', '20001')).toEqual([
      ['номер', '+79210000001'],
      ['оператор', 'МегаФон'],
      ['задача', '20001'],
      ['по какой день', null],
    ]);
  });
});
