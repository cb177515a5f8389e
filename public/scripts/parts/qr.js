// QR codes of version 2, level M: 25 modules a side, up to 38 digits, capitals and dots. That is all our payload needs.
const SIDE = 25;
const QUIET = 4;
const DATA_BYTES = 28;
const CHECK_BYTES = 16;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const ALIGNMENT = 18;
/** Level M with mask 2 (`x % 3`), by the standard's table. */
const FORMAT = 0b101111001111100;

/** The whole side, quiet zone included, in modules. */
export const SIZE = SIDE + 2 * QUIET;

/** The code as a path of unit squares. */
export function drawQr(text) {
  const grid = Array.from({ length: SIDE }, () => Array(SIDE).fill(null));
  placePatterns(grid);
  placeBits(grid, bitsOf(text));
  let path = '';
  grid.forEach((row, y) => row.forEach((dark, x) => dark && (path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`)));
  return path;
}

function bitsOf(text) {
  let bits = '0010' + binary(text.length, 9);
  for (let i = 0; i < text.length; i += 2) {
    const [first, second] = [ALPHABET.indexOf(text[i]), ALPHABET.indexOf(text[i + 1])];
    bits += i + 1 < text.length ? binary(first * 45 + second, 11) : binary(first, 6);
  }
  bits = (bits + '0000').slice(0, DATA_BYTES * 8);
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const bytes = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let pad = 0xec; bytes.length < DATA_BYTES; pad ^= 0xec ^ 0x11) bytes.push(pad);
  return [...bytes, ...checkBytes(bytes)].map((byte) => binary(byte, 8)).join('');
}

/** Reed-Solomon over GF(256) with the polynomial 0x11d. */
function checkBytes(data) {
  const generator = Array(CHECK_BYTES).fill(0);
  generator[CHECK_BYTES - 1] = 1;
  for (let i = 0, root = 1; i < CHECK_BYTES; i++, root = times(root, 2)) {
    for (let j = 0; j < CHECK_BYTES; j++) generator[j] = times(generator[j], root) ^ (generator[j + 1] ?? 0);
  }
  const rest = Array(CHECK_BYTES).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    generator.forEach((coefficient, i) => (rest[i] ^= times(coefficient, factor)));
  }
  return rest;
}

function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a);
  return product;
}

function placePatterns(grid) {
  const square = (cx, cy, reach, isDark) => {
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        if (grid[cy + y]?.[cx + x] !== undefined) grid[cy + y][cx + x] = isDark(Math.max(Math.abs(x), Math.abs(y)));
      }
    }
  };
  const finder = (ring) => ring !== 2 && ring !== 4;
  for (const [x, y] of [
    [3, 3],
    [SIDE - 4, 3],
    [3, SIDE - 4],
  ]) {
    square(x, y, 4, finder);
  }
  square(ALIGNMENT, ALIGNMENT, 2, (ring) => ring !== 1);
  for (let i = 8; i < SIDE - 8; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  placeFormat(grid);
}

function placeFormat(grid) {
  for (let i = 0; i < 15; i++) {
    const dark = ((FORMAT >> i) & 1) === 1;
    const [row, column] = [i < 6 ? i : i < 8 ? i + 1 : SIDE - 15 + i, i < 8 ? SIDE - 1 - i : i < 9 ? 7 : 14 - i];
    grid[row][8] = dark;
    grid[8][column] = dark;
  }
  grid[SIDE - 8][8] = true;
}

function placeBits(grid, bits) {
  let at = 0;
  for (let right = SIDE - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIDE; step++) {
      const upward = ((right + 1) & 2) === 0;
      const y = upward ? SIDE - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid[y][x] === null) grid[y][x] = (bits[at++] === '1') !== (x % 3 === 0);
      }
    }
  }
}

function binary(number, length) {
  return number.toString(2).padStart(length, '0');
}
