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

/** Four empty modules around it. */
const QUIET = 4;

/** A text as a QR code that may lose a third of its modules (`H`) or a seventh (`M`). */
export function drawQr(text: string, level: 'H' | 'M' = 'H'): DrawnCode {
  const [{ pixs, pixx } = { pixs: [], pixx: 0 }] = bwip.raw('qrcode', text, `eclevel=${level}`) as Matrix[];
  let path = '';
  pixs.forEach((dark, i) => {
    if (dark) path += `M${QUIET + (i % pixx)} ${QUIET + Math.floor(i / pixx)}h1v1h-1z`;
  });
  return { width: pixx + 2 * QUIET, height: pixx + 2 * QUIET, path };
}
