import { readSimWords } from './sim-words.js';

describe('what a clerk types to find a card', () => {
  it.each(['8970102000000000001', '8970 1020 0000 0000 001', '8970-1020-0000-0000-001', '8970102000000000001F'])(
    'is a whole ICCID: %s',
    (typed) => {
      expect(readSimWords(typed)).toEqual({ kind: 'iccid', bodies: ['8970102000000000001', '897010200000000000'] });
    },
  );

  it.each([
    ['45-67', '4567'],
    ['??77', '??77'],
  ])('is the end of a number: %s', (typed, pattern) => {
    expect(readSimWords(typed)).toEqual({ kind: 'number', pattern });
  });

  it.each(['', 'Ирина', '89701020000'])('is neither, and no part of an ICCID: “%s”', (typed) => {
    expect(readSimWords(typed)).toBeNull();
  });
});
