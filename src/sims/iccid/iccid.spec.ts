import { luhnDigit, maskedIccid, passesLuhn, possibleBodies, printedTails, readIccid, searchablePrefix } from './iccid.js';

const BODY_18 = '897019912345678901';
const BODY_19 = '8970101123456789012';
const [ICCID_19, ICCID_20] = [BODY_18 + luhnDigit(BODY_18), BODY_19 + luhnDigit(BODY_19)];
const wrong = (iccid: string) => iccid.slice(0, -1) + String((Number(iccid.at(-1)) + 1) % 10);

describe('Luhn', () => {
  it.each([
    ['7992739871', '3'],
    ['0', '0'],
    ['9', '1'],
  ])('%s ends with %s', (body, digit) => {
    expect(luhnDigit(body)).toBe(digit);
    expect(passesLuhn(body + digit)).toBe(true);
  });
});

describe('an ICCID', () => {
  const whole = { iccid: ICCID_19, body: BODY_18, warnings: [] };

  it.each([
    ['without its check digit', BODY_18],
    ['with it', ICCID_19],
    ['in groups', `8970 1991 2345 6789 01${ICCID_19.at(-1)}`],
    ['with dashes', `89701-9912345–678901-${ICCID_19.at(-1)}`],
    ['with the filler of the card’s memory', `${ICCID_19}F`],
    ['with fillers for the check digit too', `${BODY_18}ff`],
    ['in full-width digits and with what cannot be seen', `\ufeff８９70199 12345678901\u00a0`],
  ])('is one number %s', (_how, spelling) => {
    expect(readIccid(spelling)).toEqual(whole);
    expect(readIccid(spelling, 19)).toEqual(whole);
  });

  it('may have twenty digits, and comes without the last where the operator’s cards have twenty', () => {
    expect(readIccid(ICCID_20)).toEqual({ iccid: ICCID_20, body: BODY_19, warnings: [] });
    expect(readIccid(BODY_19, 20)).toEqual({ iccid: ICCID_20, body: BODY_19, warnings: [] });
  });

  it('of nineteen digits and a filler is whole, whatever the operator’s cards have', () => {
    expect(readIccid(`${ICCID_19}F`, 20)).toEqual({ ...whole, warnings: ['iccid_digits'] });
  });

  it('with another check digit is doubtful, not wrong', () => {
    expect(readIccid(wrong(ICCID_19))).toEqual({ iccid: wrong(ICCID_19), body: BODY_18, warnings: ['iccid_luhn'] });
    expect(readIccid(wrong(ICCID_20), 20)).toMatchObject({ warnings: ['iccid_luhn'] });
  });

  it('of another length than the operator’s is doubtful', () => {
    expect(readIccid(ICCID_20, 19)).toMatchObject({ warnings: ['iccid_digits'] });
    expect(readIccid(BODY_18, 20)).toMatchObject({ iccid: ICCID_19, warnings: ['iccid_digits'] });
  });

  it.each([
    ['', 'iccid_required'],
    ['  ', 'iccid_required'],
    ['FFFF', 'iccid_characters'],
    [`8,97020E+18`, 'iccid_characters'],
    ['8970199A2345678901', 'iccid_characters'],
    [BODY_18.slice(1), 'iccid_length'],
    [`${ICCID_20}1`, 'iccid_length'],
    [`${' '.repeat(50)}${ICCID_19}`, 'iccid_length'],
    ['4970199123456789012', 'iccid_telecom'],
  ])('%j is none: %s', (spelling, fault) => {
    expect(readIccid(spelling)).toEqual({ fault });
  });
});

describe('what may be seen of an ICCID', () => {
  it('ends before the last four digits', () => {
    expect(maskedIccid(ICCID_19)).toBe(`8970\u00a01991\u00a02345\u00a0678•\u00a0•••`);
    expect(maskedIccid(ICCID_20)).toBe(`8970\u00a01011\u00a02345\u00a06789\u00a0••••`);
    expect(searchablePrefix(ICCID_20)).toHaveLength(15);
  });

  it('is compared in both readings of the last four digits', () => {
    expect(printedTails(ICCID_19)).toEqual([ICCID_19.slice(-4), BODY_18.slice(-4)]);
    expect(printedTails('8970000000000000000')).toEqual(['0000']);
  });

  it('leads to the card however it is spelt', () => {
    expect(possibleBodies(BODY_18)).toContain(BODY_18);
    expect(possibleBodies(ICCID_19)).toContain(BODY_18);
  });
});
