import jsQR from 'jsqr';
import { checkDigit } from '../../src/shared/ean13.js';
import type { Picture } from './png.js';

type Read = (data: Uint8ClampedArray, width: number, height: number, how: object) => { data: string } | null;

/** What is in the QR code of the picture, dark on light; null where none can be read. */
export function readQr({ rgba, width, height }: Picture): string | null {
  const read = jsQR as unknown as Read;
  return read(rgba, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

/** The EAN-13 bar code somewhere in the picture, as a till's laser finds it: along one line, quiet zones included. */
export function readEan13(picture: Picture): string | null {
  for (let y = LINE_STEP; y < picture.height; y += LINE_STEP) {
    const number = readLine(runsOf(picture, y));
    if (number) return number;
  }
  return null;
}

/** GS1's widths of space, bar, space, bar for the digits 0 to 9 with odd parity; even parity is the mirror image. */
const WIDTHS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
/** Parities of the first six digits, for the digit before them. */
const FIRST = ['OOOOOO', 'OOEOEE', 'OOEEOE', 'OOEEEO', 'OEOOEE', 'OEEOOE', 'OEEEOO', 'OEOEOE', 'OEOEEO', 'OEEOEO'];
const LINE_STEP = 40;
const RUNS = 59;
const MODULES = 95;
const QUIET = { before: 11, after: 7 };

interface Run {
  dark: boolean;
  length: number;
}

function runsOf({ rgba, width }: Picture, y: number): Run[] {
  const runs: Run[] = [];
  for (let x = 0; x < width; x++) {
    const at = (y * width + x) * 4;
    const dark = rgba[at]! + rgba[at + 1]! + rgba[at + 2]! < 3 * 128;
    const last = runs.at(-1);
    if (last?.dark === dark) last.length++;
    else runs.push({ dark, length: 1 });
  }
  return runs;
}

function readLine(runs: readonly Run[]): string | null {
  for (let start = 1; start + RUNS < runs.length; start++) {
    const bars = runs.slice(start, start + RUNS);
    const [before, after] = [runs[start - 1]!, runs[start + RUNS]!];
    const module = bars.reduce((sum, { length }) => sum + length, 0) / MODULES;
    if (!bars[0]!.dark || before.length < QUIET.before * module || after.length < QUIET.after * module) continue;
    const number = digitsOf(bars.map(({ length }) => Math.round(length / module)));
    if (number) return number;
  }
  return null;
}

function digitsOf(widths: readonly number[]): string | null {
  const [start, middle, end] = [widths.slice(0, 3), widths.slice(27, 32), widths.slice(56)];
  if ([...start, ...middle, ...end].some((width) => width !== 1)) return null;
  let [digits, parity] = ['', ''];
  for (const at of [3, 7, 11, 15, 19, 23, 32, 36, 40, 44, 48, 52]) {
    const pattern = widths.slice(at, at + 4).join('');
    const odd = WIDTHS.indexOf(pattern);
    const digit = odd >= 0 ? odd : WIDTHS.indexOf([...pattern].reverse().join(''));
    if (digit < 0) return null;
    digits += String(digit);
    if (at < 27) parity += odd >= 0 ? 'O' : 'E';
  }
  const number = String(FIRST.indexOf(parity)) + digits;
  return /^\d{13}$/.test(number) && checkDigit(number.slice(0, 12)) === number[12] ? number : null;
}
