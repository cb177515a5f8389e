import { proofType } from './proof-type.js';

describe('the kind of a proof', () => {
  it.each([
    [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], 'image/png'],
    [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
    [[...Buffer.from('%PDF-1.7')], 'application/pdf'],
    [[...Buffer.from('<svg onload="alert(1)">')], null],
    [[0x89, 0x50], null],
    [[], null],
  ])('is told by its first bytes (%#)', (bytes, type) => {
    expect(proofType(Uint8Array.from(bytes))).toBe(type);
  });
});
