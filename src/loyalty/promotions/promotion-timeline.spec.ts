import { PromotionRule } from './promotion-rule.js';
import { PLAIN_TERMS, type PromotionTerms } from './promotion-terms.js';
import { PromotionTimeline } from './promotion-timeline.js';

const at = (time: string): Date => new Date(`2026-11-22T${time}:00Z`);
const rule = (id: string, value: number, changes: Partial<PromotionTerms> = {}): PromotionRule =>
  new PromotionRule(
    { id, number: Number(id), terms: { ...PLAIN_TERMS, value, ...changes } },
    { earnBasisPoints: 100, regulatedEarns: false },
  );
const valuesAt = (timeline: PromotionTimeline, time: string): number[] =>
  timeline.at(at(time)).map(({ terms }) => terms.value);

describe('promotions over time', () => {
  const [first, then, other] = [rule('1', 200), rule('1', 300), rule('2', 500, { priority: 1 })];
  const timeline = new PromotionTimeline([
    { rule: then, since: at('12:00'), until: null },
    { rule: first, since: at('10:00'), until: at('12:00') },
    { rule: other, since: at('09:00'), until: at('11:00') },
  ]);

  it.each([
    ['08:59', []],
    ['09:00', [500]],
    ['10:59', [500, 200]],
    ['11:00', [200]],
    ['12:00', [300]],
    ['23:00', [300]],
  ])('at %s are %j', (time, values) => {
    expect(valuesAt(timeline, time)).toEqual(values);
  });

  it('are those of now from the latest change on, a pause as well as a start', () => {
    expect([timeline.isPresent(at('11:59')), timeline.isPresent(at('12:00'))]).toEqual([false, true]);
    const paused = new PromotionTimeline([{ rule: other, since: at('09:00'), until: at('11:00') }]);
    expect([valuesAt(paused, '10:59'), valuesAt(paused, '11:00'), paused.isPresent(at('11:00'))]).toEqual([
      [500],
      [],
      true,
    ]);
  });

  it('are in force at any time where nobody wrote down since when', () => {
    const undated = new PromotionTimeline([{ rule: first, since: null, until: null }]);
    expect([valuesAt(undated, '00:00'), undated.isPresent(new Date(0))]).toEqual([[200], true]);
    expect(new PromotionTimeline([]).at(new Date(0))).toEqual([]);
  });
});
