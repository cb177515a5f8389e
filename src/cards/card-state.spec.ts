import { cardStates, cardTransitions, mayBecome } from './card-state.js';

describe('the life of a card', () => {
  it('has a row for every state and leads only to known ones', () => {
    expect(Object.keys(cardTransitions)).toEqual([...cardStates]);
    for (const to of Object.values(cardTransitions).flat()) expect(cardStates).toContain(to);
  });

  it('goes from the printer over the till to its owner', () => {
    expect(mayBecome('printed', 'at_station')).toBe(true);
    expect(mayBecome('at_station', 'sold')).toBe(true);
    expect(mayBecome('printed', 'sold')).toBe(true);
    expect(mayBecome('sold', 'active')).toBe(true);
  });

  it('never skips the sale, never sells twice, never wakes a replaced number', () => {
    expect(mayBecome('printed', 'active')).toBe(false);
    expect(mayBecome('at_station', 'active')).toBe(false);
    for (const state of cardStates) expect(mayBecome(state, 'printed')).toBe(false);
    for (const state of ['sold', 'active', 'replaced'] as const) expect(mayBecome(state, 'sold')).toBe(false);
    for (const state of cardStates) expect(mayBecome('replaced', state)).toBe(false);
  });
});
