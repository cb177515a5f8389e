import { InvalidInput } from '../shared/domain-error.js';
import { readStep } from './step.js';

const ZONE = 'Europe/Moscow';
const now = new Date('2026-01-31T10:00:00+03:00');
const step = (advance: unknown) => readStep({ advance }, now, ZONE);
const DAY = 86_400_000;

describe('a step of the demo’s clock', () => {
  it.each([
    ['P30D', 30 * DAY],
    ['PT1H30M', 5_400_000],
    ['P1M', 28 * DAY],
    ['P1W', 7 * DAY],
    ['PT0S', 0],
    ['P5Y', 1826 * DAY],
  ])('%s goes forward on the calendar', (advance, expected) => expect(step(advance)).toBe(expected));

  it.each(['P6Y', 'P99999999999D', '-P1D', 'P-1D', '30', '', 30, null, undefined, {}, 'P1D2'])(
    '%p is refused',
    (advance) => {
      expect(() => step(advance)).toThrow(InvalidInput);
    },
  );

  it.each([undefined, null, 'P1D', []])('the body %p is refused', (body) => {
    expect(() => readStep(body, now, ZONE)).toThrow(InvalidInput);
  });

  it('ends with the century', () => {
    expect(() => readStep({ advance: 'P1Y' }, new Date('2100-06-01T00:00:00Z'), ZONE)).toThrow(InvalidInput);
  });
});
