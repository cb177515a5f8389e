/** What a receipt line counts as. `tobacco` stands for all regulated goods. */
export const categories = ['fuel', 'goods', 'food', 'services', 'tobacco'] as const;
export type Category = (typeof categories)[number];
