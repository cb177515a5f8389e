import bwip from 'bwip-js/node';

/** A code as a path of unit squares, to be filled black on white; `size` counts modules, quiet zones included. */
export interface DrawnCode {
  width: number;
  height: number;
  path: string;
}

interface Matrix {
  pixs: number[];
  pixx: number;
}

/** GS1 asks for eleven empty modules before an EAN-13 and seven after it; four around a QR code. */
const EAN_QUIET = { before: 11, after: 7 };
const EAN_MODULES = 95;
const EAN_HEIGHT = 40;
const QR_QUIET = 4;

/** The bar code of a card number; its height is free, for bars only get longer. */
export function drawEan13(number: string): DrawnCode {
  const [{ sbs } = { sbs: [] }] = bwip.raw('ean13', number, '') as { sbs: number[] }[];
  let x = EAN_QUIET.before;
  let path = '';
  sbs.forEach((width, i) => {
    if (i % 2 === 0) path += `M${x} 0h${width}v${EAN_HEIGHT}h-${width}z`;
    x += width;
  });
  return { width: EAN_QUIET.before + EAN_MODULES + EAN_QUIET.after, height: EAN_HEIGHT, path };
}

/** The same thirteen digits as a QR code that may lose a third of its modules. */
export function drawQr(number: string): DrawnCode {
  const [{ pixs, pixx } = { pixs: [], pixx: 0 }] = bwip.raw('qrcode', number, 'eclevel=H') as Matrix[];
  let path = '';
  pixs.forEach((dark, i) => {
    if (dark) path += `M${QR_QUIET + (i % pixx)} ${QR_QUIET + Math.floor(i / pixx)}h1v1h-1z`;
  });
  return { width: pixx + 2 * QR_QUIET, height: pixx + 2 * QR_QUIET, path };
}
