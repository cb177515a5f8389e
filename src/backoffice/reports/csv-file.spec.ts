import { csvOf } from './csv-file.js';
import type { Section } from './report.js';

const section: Section = {
  name: 'byStation',
  columns: [
    { name: 'station', kind: 'text' },
    { name: 'day', kind: 'day' },
    { name: 'purchases', kind: 'count', summed: true },
    { name: 'earned', kind: 'points', summed: true },
    { name: 'share', kind: 'percent' },
  ],
  rows: [
    { cells: ['=HYPERLINK("http://evil")', '2026-06-15', 3, -125050n, 1250] },
    { cells: ['+7 921; «Труд»', '2026-06-16', 1, 5n, null] },
  ],
  totals: [null, null, 4, -125045n, null],
  chart: null,
};

describe('a table as CSV', () => {
  it('has figures that add up, days as they are written, and no formulas', () => {
    expect(csvOf(section, 'ru').toString().split('\r\n')).toEqual([
      '\ufeffСтанция;День;Чеки;Начислено;Доля',
      `"'=HYPERLINK(""http://evil"")";15.06.2026;3;-1250,50;12,50`,
      `"'+7 921; «Труд»";16.06.2026;1;0,05;`,
      'Итого;;4;-1250,45;',
      '',
    ]);
  });

  it('has decimal points in English', () => {
    expect(csvOf(section, 'en').toString()).toContain(';-1250.50;12.50');
  });
});
