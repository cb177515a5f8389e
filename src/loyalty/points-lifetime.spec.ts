import { burnsAt } from './points-lifetime.js';

describe('burnsAt', () => {
  it.each([
    // [earned, burns]: Moscow is UTC+3 all year since 2014.
    ['2026-11-22T12:15:00+03:00', '2027-11-23T00:00:00+03:00'],
    ['2026-11-22T23:59:59.999+03:00', '2027-11-23T00:00:00+03:00'],
    ['2026-11-22T22:00:00Z', '2027-11-24T00:00:00+03:00'],
    ['2028-02-29T10:00:00+03:00', '2029-03-01T00:00:00+03:00'],
    ['2027-02-28T10:00:00+03:00', '2028-02-29T00:00:00+03:00'],
    ['2026-12-31T10:00:00+03:00', '2028-01-01T00:00:00+03:00'],
  ])('earned %s, burns %s', (earned, burns) => {
    expect(burnsAt(new Date(earned), 12, 'Europe/Moscow')).toEqual(new Date(burns));
  });

  it('keeps to local midnight where the clock changes', () => {
    expect(burnsAt(new Date('2026-03-28T12:00:00+01:00'), 12, 'Europe/Berlin')).toEqual(
      new Date('2027-03-29T00:00:00+02:00'),
    );
  });
});
