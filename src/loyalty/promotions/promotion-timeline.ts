import { byPriority, type PromotionRule } from './promotion-rule.js';

/** A published version of a promotion: from which moment on, and before which. Null is always. */
export interface DatedRule {
  rule: PromotionRule;
  since: Date | null;
  until: Date | null;
}

/** Which promotions were in force when. A receipt of before the latest change is judged by what stood in force then. */
export class PromotionTimeline {
  /** In force now, by priority. */
  readonly present: readonly PromotionRule[];
  /** Of all versions that are known. */
  readonly all: readonly PromotionRule[];
  private readonly latestChange: number;

  constructor(private readonly versions: readonly DatedRule[]) {
    this.present = versions.flatMap(({ rule, until }) => (until === null ? rule : [])).sort(byPriority);
    this.all = versions.map(({ rule }) => rule);
    const changes = versions.flatMap(({ since, until }) => [since, until]);
    this.latestChange = Math.max(...changes.map((at) => at?.getTime() ?? -Infinity), -Infinity);
  }

  /** Whether what is in force now was so at the moment: what tills send as it happens. */
  isPresent(at: Date): boolean {
    return at.getTime() >= this.latestChange;
  }

  /** What was in force at the moment, by priority. */
  at(moment: Date): readonly PromotionRule[] {
    if (this.isPresent(moment)) return this.present;
    return this.versions
      .filter(({ since, until }) => (since === null || since <= moment) && (until === null || moment < until))
      .map(({ rule }) => rule)
      .sort(byPriority);
  }
}
