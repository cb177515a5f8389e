import { readFileSync } from 'node:fs';
import { parseFiscalQr } from './fiscal-qr.js';

const QR = 't=20261122T1215&s=1250.50&fn=9287440300246247&i=4303&fp=235858673&n=1';

describe('a QR code of a fiscal receipt', () => {
  it('is read', () => {
    expect(parseFiscalQr(QR)).toEqual({
      ...{ printedAt: '2026-11-22T12:15:00', hasSeconds: false, sumKopecks: 125_050n },
      ...{ storage: '9287440300246247', document: '4303', sign: '235858673', operation: 1 },
    });
  });

  it('may say the seconds, stand in another order, begin with zeros', () => {
    const turned = ' fp=0035858673&n=1&t=20261122T121559&fn=9287440300246247&i=00004303&s=1250.50 ';
    expect(parseFiscalQr(turned)).toMatchObject({
      ...{ printedAt: '2026-11-22T12:15:59', hasSeconds: true, document: '4303', sign: '35858673' },
    });
  });

  it('is read off every real receipt', () => {
    const all = JSON.parse(readFileSync('test/fixtures/receipts.json', 'utf8')) as {
      qr: string | null;
      totalSum: number;
      fiscalDocumentNumber: number;
    }[];
    const receipts = all.flatMap(({ qr, ...receipt }) => (qr === null ? [] : [{ qr, ...receipt }]));
    expect(receipts.length).toBeGreaterThan(10);
    const read = receipts.map(({ qr }) => parseFiscalQr(qr));
    expect(read.map((receipt) => receipt && [receipt.sumKopecks, receipt.document])).toEqual(
      receipts.map(({ totalSum, fiscalDocumentNumber }) => [BigInt(totalSum), String(fiscalDocumentNumber)]),
    );
  });

  it.each([
    ['an address', 'https://example.org/?t=1'],
    ['nothing', ''],
    ['a field too few', QR.replace('&n=1', '')],
    ['a field too many', `${QR}&x=1`],
    ['a field twice', QR.replace('n=1', 'i=1')],
    ['a sum without kopecks', QR.replace('1250.50', '1250')],
    ['a sum with a comma', QR.replace('1250.50', '1250,50')],
    ['a negative sum', QR.replace('1250.50', '-1250.50')],
    ['a sum of nothing', QR.replace('1250.50', '0.00')],
    ['the 31st of February', QR.replace('20261122', '20260231')],
    ['25 o’clock', QR.replace('T1215', 'T2515')],
    ['24 o’clock', QR.replace('T1215', 'T2400')],
    ['a time before there were such codes', QR.replace('2026', '1999')],
    ['half a second', QR.replace('T1215', 'T12155')],
    ['a short storage number', QR.replace('9287440300246247', '928744030024624')],
    ['letters in the sign', QR.replace('fp=235858673', 'fp=2358x8673')],
    ['document zero', QR.replace('i=4303', 'i=0')],
    ['an unknown operation', QR.replace('n=1', 'n=5')],
    ['two signs of equality', QR.replace('n=1', 'n==1')],
    ['a megabyte', QR + '1'.repeat(1_000_000)],
  ])('is not %s', (_name, text) => {
    expect(parseFiscalQr(text)).toBeNull();
  });
});
