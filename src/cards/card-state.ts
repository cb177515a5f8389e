export const cardStates = ['printed', 'at_station', 'sold', 'active', 'blocked', 'replaced'] as const;
export type CardState = (typeof cardStates)[number];

/** The life of a card. Virtual cards are born active; a replaced number never works again. */
export const cardTransitions: Readonly<Record<CardState, readonly CardState[]>> = {
  printed: ['at_station', 'sold'],
  at_station: ['sold'],
  sold: ['active', 'blocked', 'replaced'],
  active: ['blocked', 'replaced'],
  blocked: ['sold', 'active', 'replaced'],
  replaced: [],
};

export function mayBecome(from: CardState, to: CardState): boolean {
  return cardTransitions[from].includes(to);
}
