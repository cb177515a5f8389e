import { inflateRawSync } from 'node:zlib';
import type { Report } from './report.js';
import { xlsxOf } from './xlsx-file.js';

const report: Report = {
  figures: [],
  sections: [
    {
      name: 'byStation',
      columns: [
        { name: 'station', kind: 'text' },
        { name: 'day', kind: 'day' },
        { name: 'earned', kind: 'points', summed: true },
        { name: 'share', kind: 'percent' },
      ],
      rows: [{ cells: ['=1+1', '2026-06-15', 125050n, 1250] }],
      totals: [null, null, 125050n, null],
      chart: null,
    },
    { name: 'byDay', columns: [{ name: 'month', kind: 'month' }], rows: [], totals: null, chart: null },
  ],
};

/** The files of an archive, by its central directory. */
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = archive.readUInt32LE(at + 42);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(data, data + size);
    files.set(
      archive.toString('utf8', at + 46, at + 46 + name),
      (method === 8 ? inflateRawSync(packed) : packed).toString(),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}

describe('a workbook', () => {
  it('holds a sheet for each table; numbers are numbers, days are days, and nothing is a formula', async () => {
    const files = unzip(await xlsxOf(report, 'activity', 'ru'));
    expect(files.get('xl/workbook.xml')).toMatch(/name="По станциям".*name="По дням"/s);
    const sheet = files.get('xl/worksheets/sheet1.xml')!;
    // 15 June 2026 is the 46,188th day of a spreadsheet's time.
    expect(sheet).toMatch(/<v>46188<\/v>/);
    expect(sheet).toMatch(/<v>1250\.5<\/v>/);
    expect(sheet).toMatch(/<v>0\.125<\/v>/);
    expect(sheet).not.toContain('<f>');
    const texts = [...files.values()].join('');
    for (const text of ['=1+1', 'Станция', 'Начислено', 'Итого']) expect(texts).toContain(text);
  });
});
