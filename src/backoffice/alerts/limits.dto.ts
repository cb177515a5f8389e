import { type LimitChange } from '../../loyalty/fraud/velocity-limits.service.js';
import { RULE_CODES, ruleOf } from '../../loyalty/fraud/velocity-rules.js';
import { WholeNumber } from '../dto/whole-number.js';

const MOST = 1_000_000;

/** Receipts, or whole points; 0 stops the watching. Fields are called like the rules. */
export class LimitsDto {
  @WholeNumber(0, MOST)
  card_till_receipts_hour!: number;

  @WholeNumber(0, MOST)
  card_receipts_hour!: number;

  @WholeNumber(0, MOST)
  terminal_receipts_hour!: number;

  @WholeNumber(0, MOST)
  customer_receipts_day!: number;

  @WholeNumber(0, MOST)
  customer_redeemed_day!: number;

  @WholeNumber(0, MOST)
  customer_earned_day!: number;
}

export function changesOf(form: LimitsDto, blocking: ReadonlySet<string>): LimitChange[] {
  return RULE_CODES.map((code) => {
    const typed = BigInt(form[code]);
    const units = ruleOf(code).measure === 'receipts' ? 1n : 100n;
    return { code, threshold: typed === 0n ? null : typed * units, blocks: blocking.has(code) };
  });
}

/** The rules whose box «blocks» is ticked: `blocks_<rule>`. */
export function blockingIn(body: unknown): ReadonlySet<string> {
  const fields = (body ?? {}) as Record<string, unknown>;
  return new Set(RULE_CODES.filter((code) => fields[`blocks_${code}`] === 'on'));
}
