export const blockReasons = ['lost', 'stolen', 'fraud', 'other'] as const;
export type BlockReason = (typeof blockReasons)[number];

/** What a customer says of a card of their own. */
export const customerBlockReasons = ['lost', 'stolen', 'other'] as const satisfies readonly BlockReason[];
