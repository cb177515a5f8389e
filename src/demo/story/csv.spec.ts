import { readCsv } from './csv.js';

describe('a seed file', () => {
  it('is read by its heading', () => {
    expect(readCsv('number,address\n1,"Пулковское ш., 42к5"\n2,\n')).toEqual([
      { number: '1', address: 'Пулковское ш., 42к5' },
      { number: '2', address: '' },
    ]);
  });

  it('keeps quotes within quotes', () => {
    expect(readCsv('a,b\n"АЗС ""Восток""",x')).toEqual([{ a: 'АЗС "Восток"', b: 'x' }]);
  });

  it('says which row has too many cells', () => {
    expect(() => readCsv('a,b\n1,2,3')).toThrow('1,2,3');
  });
});
