import { crc32, deflateSync } from 'node:zlib';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
}

/** The icon of favicon.svg, in its units. */
const SIDE = 32;
const PLATE: Box = { x: 0, y: 0, width: SIDE, height: SIDE, radius: 8 };
const CARD: Box = { x: 6, y: 9, width: 20, height: 14, radius: 3 };
const STRIPE: Box = { x: 6, y: 12.5, width: 20, height: 3, radius: 0 };
const SAMPLES = 3;
const WHITE = 0xffffff;

/** A card with its stripe as a PNG, for home screens; a maskable one fills its square, the phone cuts it. */
export function drawBrandIcon(pixels: number, colour: string, maskable = false): Buffer {
  const brand = Number.parseInt(colour.slice(1), 16);
  const plate = maskable ? { ...PLATE, radius: 0 } : PLATE;
  const [unit, width] = [SIDE / pixels, 1 + pixels * 4];
  const rows = Buffer.alloc(pixels * width);
  const colourAt = (x: number, y: number): number | null => {
    if (!inside(plate, x, y)) return null;
    return inside(CARD, x, y) && !inside(STRIPE, x, y) ? WHITE : brand;
  };
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      rows.writeUInt32BE(pixelAt(x, y, unit, colourAt), y * width + 1 + x * 4);
    }
  }
  return png(pixels, rows);
}

/** Red, green, blue and cover of a pixel: the mean of its parts where an edge runs through it, so that curves have no steps. */
function pixelAt(x: number, y: number, unit: number, colourAt: (x: number, y: number) => number | null): number {
  const corner = colourAt(x * unit, y * unit);
  const even = [colourAt((x + 1) * unit, y * unit), colourAt(x * unit, (y + 1) * unit)].every((it) => it === corner);
  if (even && colourAt((x + 1) * unit, (y + 1) * unit) === corner) {
    return corner === null ? 0 : ((corner << 8) | 255) >>> 0;
  }
  const found: number[] = [];
  for (let part = 0; part < SAMPLES * SAMPLES; part++) {
    const [dx, dy] = [(part % SAMPLES) + 0.5, Math.floor(part / SAMPLES) + 0.5];
    const colour = colourAt((x + dx / SAMPLES) * unit, (y + dy / SAMPLES) * unit);
    if (colour !== null) found.push(colour);
  }
  const mean = (shift: number): number =>
    Math.round(found.reduce((sum, colour) => sum + ((colour >> shift) & 255), 0) / (found.length || 1));
  const cover = Math.round((found.length * 255) / (SAMPLES * SAMPLES));
  return ((mean(16) << 24) | (mean(8) << 16) | (mean(0) << 8) | cover) >>> 0;
}

function inside({ x, y, width, height, radius }: Box, px: number, py: number): boolean {
  if (px < x || px > x + width || py < y || py > y + height) return false;
  const dx = Math.max(x + radius - px, px - (x + width - radius), 0);
  const dy = Math.max(y + radius - py, py - (y + height - radius), 0);
  return dx * dx + dy * dy <= radius * radius || dx === 0 || dy === 0;
}

function png(side: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
