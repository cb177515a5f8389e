import { inflateSync } from 'node:zlib';

/** Four bytes a pixel, row by row. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8ClampedArray;
}

const SIGNATURE_BYTES = 8;
const CHANNELS: Record<number, number> = { 2: 3, 6: 4 };

/** A PNG as browsers write screenshots: eight bits a channel, colour, not interlaced. */
export function readPng(png: Buffer): Picture {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), CHANNELS[png[25] ?? 0]];
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error('another kind of PNG');
  const rows = unfilter(inflateSync(chunks(png, 'IDAT')), width * channels, height, channels);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      rgba[pixel * 4 + channel] = rows[pixel * channels + channel] ?? 0;
    }
  }
  return { width, height, rgba };
}

function chunks(png: Buffer, wanted: string): Buffer {
  const found: Buffer[] = [];
  for (let at = SIGNATURE_BYTES; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === wanted) found.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(found);
}

/** Every row begins with how its bytes lean on the pixel to the left, the row above, or both. */
function unfilter(filtered: Buffer, stride: number, height: number, bytes: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const lean = LEANS[filtered[y * (stride + 1)] ?? 0]!;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= bytes ? rows[at - bytes]! : 0;
      const up = y > 0 ? rows[at - stride]! : 0;
      const corner = x >= bytes && y > 0 ? rows[at - stride - bytes]! : 0;
      rows[at] = (filtered[y * (stride + 1) + 1 + x]! + lean(left, up, corner)) & 255;
    }
  }
  return rows;
}

const LEANS: ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
