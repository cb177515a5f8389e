import bwip from 'bwip-js/node';
import type { DrawnCode } from '../shared/qr-code.js';

/** GS1 asks for eleven empty modules before an EAN-13 and seven after it. */
const EAN_QUIET = { before: 11, after: 7 };
const EAN_MODULES = 95;
const EAN_HEIGHT = 40;

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
