/** What a limit counts: receipts, or hundredths of a point. */
export type Measure = 'receipts' | 'redeemed' | 'earned';

export interface VelocityRule {
  /** Stable: kept with each alert. */
  code: VelocityRuleCode;
  measure: Measure;
  /** Any sixty minutes, or a day of the programme. */
  window: 'hour' | 'day';
  /** Whose receipts are counted together. */
  of: 'card' | 'terminal' | 'customer' | 'card_at_terminal';
}

export const RULE_CODES = [
  'card_till_receipts_hour',
  'card_receipts_hour',
  'terminal_receipts_hour',
  'customer_receipts_day',
  'customer_redeemed_day',
  'customer_earned_day',
] as const;
export type VelocityRuleCode = (typeof RULE_CODES)[number];

/** Patterns of fraud that receipts show. A card at one till is a cashier's own, held against strangers' receipts. */
export const VELOCITY_RULES: readonly VelocityRule[] = [
  { code: 'card_till_receipts_hour', measure: 'receipts', window: 'hour', of: 'card_at_terminal' },
  { code: 'card_receipts_hour', measure: 'receipts', window: 'hour', of: 'card' },
  { code: 'terminal_receipts_hour', measure: 'receipts', window: 'hour', of: 'terminal' },
  { code: 'customer_receipts_day', measure: 'receipts', window: 'day', of: 'customer' },
  { code: 'customer_redeemed_day', measure: 'redeemed', window: 'day', of: 'customer' },
  { code: 'customer_earned_day', measure: 'earned', window: 'day', of: 'customer' },
];

export function ruleOf(code: VelocityRuleCode): VelocityRule {
  return VELOCITY_RULES.find((rule) => rule.code === code)!;
}
