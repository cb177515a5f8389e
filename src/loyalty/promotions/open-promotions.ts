import type { WriteSet } from '../../infra/database/write-set.js';
import type { EarningRule } from '../earning-rule.js';
import type { PricedReceipt } from '../pricing.js';
import { localMoment } from './local-moment.js';
import type { PromotionFacts } from './promotion-facts.js';
import type { PromotionTimeline } from './promotion-timeline.js';

/** The promotions in force, and those of the last days, as a process keeps them. */
export interface Edition {
  number: string;
  timeline: PromotionTimeline;
  zones: ReadonlyMap<string, string>;
}

/** Whose purchase, where and when. */
export interface PurchaseOccasion {
  accountId: string;
  stationId: string;
  occurredAt: Date;
}

const ADD_USE = `
  insert into promotion_use (promotion_id, account_id, day, points_hundredths, receipts)
  select promotion_id, account_id, day, sum(points_hundredths), sum(receipts)
  from json_populate_recordset(null::promotion_use, $rows) group by promotion_id, account_id, day
  on conflict (account_id, promotion_id, day) do update set
    points_hundredths = promotion_use.points_hundredths + excluded.points_hundredths,
    receipts = promotion_use.receipts + excluded.receipts`;

/** Promotions opened for the accounts of one batch: they judge in memory, and know what they gave in it already. */
export class OpenPromotions {
  constructor(
    private readonly edition: Edition,
    private readonly facts: PromotionFacts,
    private readonly timeZone: string,
  ) {}

  /**
   * The rules that a purchase earns by besides the base rule: those published and not paused at its own time, however
   * late it comes. Asking changes nothing.
   */
  rulesFor({ accountId, stationId, occurredAt }: PurchaseOccasion): EarningRule[] {
    const rules = this.edition.timeline.at(occurredAt);
    if (rules.length === 0) return [];
    const moment = this.momentAt(stationId, occurredAt);
    const occasion = { stationId, moment, buyer: this.facts.buyer(accountId) };
    return rules
      .filter((rule) => rule.suits(occasion))
      .map((rule) => rule.ruleFor(this.facts.usedOn(rule.id, accountId, moment.day)));
  }

  /**
   * Counts what was given towards the caps, and as the promotions' cost. To be called for what was really earned, under the
   * account's lock: a held purchase is counted when it is confirmed.
   */
  record({ accountId, stationId, occurredAt }: PurchaseOccasion, priced: PricedReceipt, writes: WriteSet): void {
    this.facts.bought(accountId);
    const given = givenBy(priced);
    if (given.size === 0) return;
    const { day } = this.momentAt(stationId, occurredAt);
    const ids = new Map(this.edition.timeline.all.map(({ code, id }) => [code, id]));
    for (const [code, points] of given) {
      const id = ids.get(code);
      if (id === undefined) continue;
      this.facts.use(id, accountId, day, points);
      const row = { promotion_id: id, account_id: accountId, day, points_hundredths: points, receipts: 1 };
      writes.update('promotion_use', ADD_USE, row);
    }
  }

  private momentAt(stationId: string, at: Date) {
    return localMoment(at, this.edition.zones.get(stationId) ?? this.timeZone);
  }
}

/** Points of each rule but the base one. */
function givenBy({ lines }: PricedReceipt): Map<string, bigint> {
  const given = new Map<string, bigint>();
  for (const { code, pointsHundredths } of lines.flatMap(({ rules }) => rules)) {
    if (code !== 'base') given.set(code, (given.get(code) ?? 0n) + pointsHundredths);
  }
  return given;
}
