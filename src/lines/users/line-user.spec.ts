import { isAnother, isSame, type KnownUser } from './line-user.js';

const ANNA: KnownUser = { name: 'Анна Котова', kind: 'person', note: 'бухгалтерия' };
const TRACKER: KnownUser = { name: 'Трекер', kind: 'device', note: 'IMEI 356938035643809' };

describe('the user of a number', () => {
  it('is another one where the name or the kind is another', () => {
    expect(isAnother(ANNA, { ...ANNA, name: 'Олег Ким' })).toBe(true);
    expect(isAnother(ANNA, { ...ANNA, kind: 'device' })).toBe(true);
    expect(isAnother({ name: 'ООО', kind: null, note: null }, ANNA)).toBe(true);
  });

  it('is the same person in another department, but not the same device with another IMEI', () => {
    expect(isAnother(ANNA, { ...ANNA, note: 'склад' })).toBe(false);
    expect(isSame(ANNA, { ...ANNA, note: 'склад' })).toBe(false);
    expect(isAnother(TRACKER, { ...TRACKER, note: 'IMEI 490154203237518' })).toBe(true);
    expect(isSame(TRACKER, { ...TRACKER })).toBe(true);
  });
});
