import { readUserRows } from './user-rows.js';

const ANNA = { line: 2, number: '+79210001122', user: { name: 'Анна Котова', kind: 'person', note: 'склад' } };

describe('pasted rows of users', () => {
  it('are read with tabs and with semicolons, with a heading or without', () => {
    const heading = ['Номер', 'Кто', 'Имя', 'Примечание', 'ЕСИА'];
    const row = ['8 (921) 000-11-22', 'сотрудник', 'Анна  Котова', 'склад', 'подано'];
    for (const separator of ['\t', ';']) {
      const text = [heading, row].map((cells) => cells.join(separator)).join('\r\n');
      expect(readUserRows(text)).toEqual([{ ...ANNA, submitted: true, confirmed: false, fault: null }]);
    }
    expect(readUserRows(row.join(';'))).toEqual([{ ...ANNA, line: 1, submitted: true, confirmed: false, fault: null }]);
  });

  it('say what is wrong with each, and keep counting lines', () => {
    const text = [
      '+79210001122;сотрудник;Анна Котова;склад;внести',
      '',
      '12345;сотрудник;Олег Ким',
      '+79210001123;начальник;Олег Ким',
      '+79210001124;устройство;',
      '89210001122;сотрудник;Олег Ким',
      `+79210001125;сотрудник;${'а'.repeat(121)}`,
      `+79210001126;устройство;Трекер;${'а'.repeat(201)}`,
    ].join('\n');
    expect(readUserRows(text)?.map(({ line, fault }) => [line, fault])).toEqual([
      ...[
        [1, null],
        [3, 'number_wrong'],
        [4, 'kind_wrong'],
        [5, 'name_missing'],
        [6, 'number_twice'],
        [7, 'name_long'],
        [8, 'note_long'],
      ],
    ]);
  });

  it('are faulty from the first on: only a heading is passed over', () => {
    const firstFault = (text: string) => readUserRows(text)?.map(({ fault }) => fault);
    expect(firstFault('мусор')).toEqual(['number_wrong']);
    expect(firstFault('Телефон сотрудника;Имя')).toEqual([]);
  });

  it('without a kind and a name take the user away', () => {
    expect(readUserRows('79210001122;;;')).toEqual([
      { line: 1, number: '+79210001122', user: null, submitted: false, confirmed: false, fault: null },
    ]);
  });

  it('keep what a spreadsheet would have worked out, and quotes with separators inside', () => {
    expect(readUserRows(`79210001122;device;"Касса; зал";'=1+1`)?.[0]?.user).toEqual({
      ...{ name: 'Касса; зал', kind: 'device', note: '=1+1' },
    });
  });

  it('are none where quotes do not end', () => {
    expect(readUserRows('79210001122;person;"Анна')).toBeNull();
  });
});
