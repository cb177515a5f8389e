export const simStates = ['in_stock', 'reserved', 'assigned', 'returned', 'written_off'] as const;
export type SimState = (typeof simStates)[number];

export const simKinds = ['physical', 'esim'] as const;
export type SimKind = (typeof simKinds)[number];

/**
 * The life of a SIM card: reserved for an order, assigned to a line, returned by the customer, or
 * by a courier who had it on the way. What came back is looked at before
 * it is sold once more; what is written off stays so.
 */
export const simTransitions: Readonly<Record<SimState, readonly SimState[]>> = {
  in_stock: ['reserved', 'written_off'],
  reserved: ['in_stock', 'assigned', 'returned'],
  assigned: ['returned', 'written_off'],
  returned: ['in_stock', 'written_off'],
  written_off: [],
};

export function mayBecome(from: SimState, to: SimState): boolean {
  return simTransitions[from].includes(to);
}

/** We have it in our hands: it lies at an office or with one of us. */
export function isHeld(state: SimState): boolean {
  return state === 'in_stock' || state === 'reserved' || state === 'returned';
}
