/** A line's life. `handed_over`: the customer has the card, the operator has not switched it on yet. */
export const LINE_STATES = ['handed_over', 'active', 'suspended', 'ended'] as const;
export type LineState = (typeof LINE_STATES)[number];

const NEXT: Record<LineState, readonly LineState[]> = {
  handed_over: ['active', 'ended'],
  active: ['suspended', 'ended'],
  suspended: ['active', 'ended'],
  ended: [],
};

export function mayBecome(from: LineState, to: LineState): boolean {
  return NEXT[from].includes(to);
}
