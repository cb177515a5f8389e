import { isHeld, mayBecome, type SimState, simStates, simTransitions } from './sim-state.js';

describe('the life of a SIM card', () => {
  it('has exactly these steps', () => {
    const steps = simStates.flatMap((from) =>
      simStates.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(steps).toEqual([
      'in_stock → reserved',
      'in_stock → written_off',
      'reserved → in_stock',
      'reserved → assigned',
      'reserved → returned',
      'assigned → returned',
      'assigned → written_off',
      'returned → in_stock',
      'returned → written_off',
    ]);
  });

  it('ends with the write-off alone', () => {
    expect(simStates.filter((state) => simTransitions[state].length === 0)).toEqual(['written_off']);
  });

  it('reaches every state from the stock', () => {
    const reached = new Set<SimState>(['in_stock']);
    for (const state of reached) for (const next of simTransitions[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...simStates].sort());
  });

  it('knows what lies with us', () => {
    expect(simStates.filter(isHeld)).toEqual(['in_stock', 'reserved', 'returned']);
  });
});
