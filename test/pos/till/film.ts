import { writeFileSync } from 'node:fs';
import bwip from 'bwip-js/node';

const [WIDTH, HEIGHT] = [640, 480];
const MODULE = 4;
const BARS = { top: 120, bottom: 360 };

/** What a camera sees that is held at a card: its EAN-13 on white, as frames of raw video that Chromium plays for a camera. */
export function filmBarcode(path: string, number: string): void {
  const [{ sbs } = { sbs: [] }] = bwip.raw('ean13', number, '') as { sbs: number[] }[];
  const dark = sbs.flatMap((width, index) => Array.from({ length: width * MODULE }, () => index % 2 === 0));
  const left = Math.floor((WIDTH - dark.length) / 2);
  const row = Buffer.from(Array.from({ length: WIDTH }, (_, x) => (dark[x - left] ? 16 : 235)));
  const blank = Buffer.alloc(WIDTH, 235);
  const luma = Array.from({ length: HEIGHT }, (_, y) => (y >= BARS.top && y < BARS.bottom ? row : blank));
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, frame, frame, frame]));
}
