import { CHANGED_BIRTH_DATE_DAYS } from '../../../customers/birth-date.js';

/** Whom a segment holds: all of these that are set must be true. Amounts in kopecks, days by the programme's calendar. */
export interface SegmentConditions {
  /** `2026-11-22`, that day included. */
  registeredFrom: string | null;
  registeredTo: string | null;
  /** Nothing bought for so many days. */
  idleDays: number | null;
  /** Paid at least this in the last thirty days. */
  spentKopecks: number | null;
  sex: 'female' | 'male' | null;
  ageFrom: number | null;
  ageTo: number | null;
  birthMonth: number | null;
}

export const NO_CONDITIONS: SegmentConditions = {
  ...{ registeredFrom: null, registeredTo: null, idleDays: null, spentKopecks: null },
  ...{ sex: null, ageFrom: null, ageTo: null, birthMonth: null },
};

const SPENT_DAYS = 30;
const BOUGHT = `select from card k join purchase p on p.card_number = k.number
  where k.customer_id = c.id and p.state = 'confirmed'`;
const SPENT = BOUGHT.replace('select', 'select sum(p.total_kopecks - p.redeemed_hundredths)');

/** The customers `c` of the segment as a condition in SQL; values go into `params`. */
export function conditionSql(conditions: SegmentConditions, now: Date, zone: string, params: unknown[]): string {
  const { registeredFrom, registeredTo, idleDays, spentKopecks, sex, ageFrom, ageTo, birthMonth } = conditions;
  const place = (value: unknown): string => `$${params.push(value)}`;
  const today = `(${place(now)}::timestamptz at time zone ${place(zone)})`;
  const at = place(now);
  const parts = ['true'];
  const registered = `(c.created_at at time zone ${place(zone)})::date`;
  if (registeredFrom !== null) parts.push(`${registered} >= ${place(registeredFrom)}::date`);
  if (registeredTo !== null) parts.push(`${registered} <= ${place(registeredTo)}::date`);
  if (idleDays !== null) {
    parts.push(
      `not exists (${BOUGHT} and p.occurred_at > ${at}::timestamptz - make_interval(days => ${place(idleDays)}::int))`,
    );
  }
  if (spentKopecks !== null) {
    const since = `${at}::timestamptz - interval '${SPENT_DAYS} days'`;
    parts.push(`(${SPENT} and p.occurred_at > ${since}) >= ${place(spentKopecks)}::bigint`);
  }
  if (sex !== null) parts.push(`c.sex = ${place(sex)}`);
  const age = `extract(year from age(${today}, c.birth_date))`;
  if (ageFrom !== null || ageTo !== null || birthMonth !== null) {
    // A changed birth date counts a year later, as it does for promotions: most segments are theirs.
    parts.push(`coalesce(c.birth_date_changed_on + ${CHANGED_BIRTH_DATE_DAYS} <= ${today}::date, true)`);
  }
  if (ageFrom !== null) parts.push(`${age} >= ${place(ageFrom)}::int`);
  if (ageTo !== null) parts.push(`${age} <= ${place(ageTo)}::int`);
  if (birthMonth !== null) parts.push(`extract(month from c.birth_date) = ${place(birthMonth)}::int`);
  // Every parameter needs a place where it is used.
  parts.push(`${today} is not null and ${at}::timestamptz is not null and ${registered} is not null`);
  return parts.join(' and ');
}
