import { type Dated, draftOf, versionInForce, versionsAhead } from './version-in-force.js';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const published = (number: number, from: number): Dated => ({
  ...{ number, state: 'published', validFrom: at(from), withdrawnAt: null },
});
const draft: Dated = { number: 4, state: 'draft', validFrom: null, withdrawnAt: null };
const versions = [draft, published(3, 10), published(2, 20), published(1, 1)];

it('is the one that began last, not the one that was written last', () => {
  expect(versionInForce(versions, at(5))?.number).toBe(1);
  expect(versionInForce(versions, at(10))?.number).toBe(3);
  expect(versionInForce(versions, at(25))?.number).toBe(2);
});

it('is none before the first', () => {
  expect(versionInForce(versions, new Date(at(1).getTime() - 1))).toBeNull();
  expect(versionInForce([draft], at(30))).toBeNull();
});

it('is the later of two that begin together', () => {
  expect(versionInForce([published(1, 1), published(2, 1)], at(1))?.number).toBe(2);
});

it('leaves out what was withdrawn', () => {
  const withdrawn = { ...published(3, 10), withdrawnAt: at(9) };
  expect(versionInForce([withdrawn, published(1, 1)], at(15))?.number).toBe(1);
  expect(versionsAhead([withdrawn], at(1))).toEqual([]);
});

it('knows what lies ahead, and the draft', () => {
  expect(versionsAhead(versions, at(5)).map(({ number }) => number)).toEqual([3, 2]);
  expect(draftOf(versions)).toBe(draft);
});
