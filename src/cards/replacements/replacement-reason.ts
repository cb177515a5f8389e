/** Why staff or a customer give a number up for another. */
export const replacementReasons = ['lost', 'stolen', 'damaged', 'other'] as const;
/** `reissued`: a virtual number that may be in other hands. */
export type ReplacementReason = (typeof replacementReasons)[number] | 'reissued';
