import { InvalidInput } from '../../shared/domain-error.js';
import { type FiscalReceipt, parseFiscalQr, readFiscalFields } from '../../loyalty/claims/fiscal-qr.js';

const FIELDS = { t: 'time', s: 'sum', fn: 'fn', i: 'i', fp: 'fp', n: 'qr' } as const;
const SALE = '1';

/** The receipt that was scanned or typed: the QR code's text, or where there is none the fields as they are printed. */
export function readClaimForm(body: unknown): FiscalReceipt {
  const typed = (name: string): string => {
    const value = ((body ?? {}) as Record<string, unknown>)[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const qr = typed('qr');
  const byHand = ['date', 'time', 'sum', 'fn', 'i', 'fp'].some((name) => typed(name) !== '');
  if (qr !== '' || !byHand) return fromQr(qr);
  const time = typed('time').replaceAll(':', '');
  const t = `${typed('date').replaceAll('-', '')}T${time}`;
  const read = readFiscalFields({
    t,
    s: money(typed('sum')),
    fn: digits(typed('fn')),
    i: typed('i'),
    fp: typed('fp'),
    n: SALE,
  });
  if ('receipt' in read) return read.receipt;
  const paths = new Set<string>(read.wrong.map((name) => FIELDS[name]));
  throw new InvalidInput([...paths].map((path) => ({ path, code: `claim_${path}` })));
}

function fromQr(qr: string): FiscalReceipt {
  const receipt = parseFiscalQr(qr);
  if (receipt === null) throw new InvalidInput([{ path: 'qr', code: qr === '' ? 'claim_qr_needed' : 'claim_qr' }]);
  return receipt;
}

/** `1 250,5` as people write it. */
function money(text: string): string {
  const plain = text.replace(/[\s\u00a0₽]/g, '').replace(',', '.');
  const [whole = '', fraction = ''] = plain.split('.');
  return /^\d+(\.\d{1,2})?$/.test(plain) ? `${whole}.${fraction.padEnd(2, '0')}` : '';
}

function digits(text: string): string {
  return text.replace(/\s/g, '');
}
