import { DateTime } from 'luxon';
import type { Sql } from '../../infra/database/sql.js';
import { PLAIN_TERMS, type PromotionTerms } from '../../loyalty/promotions/promotion-terms.js';
import type { Promotions } from '../../loyalty/promotions/promotions.service.js';
import type { Actor } from '../../shared/actor.js';
import type { StoryClock } from './story-clock.js';

interface Launch {
  daysAgo: number;
  /** Null where it runs on. */
  daysLeft: number | null;
  terms: Partial<PromotionTerms>;
}

const LAUNCHES: readonly Launch[] = [
  {
    daysAgo: 200,
    daysLeft: null,
    terms: {
      ...{ title: '100 баллов ко дню рождения', titleEn: '100 points for your birthday' },
      text: 'За три дня до дня рождения, в сам день и три дня после — 100 баллов за первую же заправку от 500 ₽.',
      textEn:
        'From three days before your birthday to three days after it: 100 points for the first filling from ₽500.',
      ...{ kind: 'fixed', value: 10_000, birthdayDays: 3, categories: ['fuel'], minPaidKopecks: 50_000 },
      totalCapHundredths: 10_000,
    },
  },
  {
    daysAgo: 60,
    daysLeft: null,
    terms: {
      ...{ title: '+5 % за утренний кофе', titleEn: '+5% for morning coffee' },
      text: 'По будням с 7 до 11 часов за всё в кафе начисляем ещё 5 % баллами.',
      textEn: 'On weekdays from 7 to 11 a.m. everything in the café earns 5% more in points.',
      ...{ kind: 'percent', value: 500, categories: ['food'], weekdays: [1, 2, 3, 4, 5] },
      ...{ fromTime: '07:00', toTime: '11:00', dayCapHundredths: 5000 },
    },
  },
  {
    daysAgo: 40,
    daysLeft: 45,
    terms: {
      ...{ title: 'Двойные баллы за топливо в выходные', titleEn: 'Double points for fuel at weekends' },
      text: 'В субботу и воскресенье за топливо от 1 000 ₽ — вдвое больше баллов.',
      textEn: 'On Saturdays and Sundays fuel from ₽1,000 earns twice the points.',
      ...{ kind: 'multiplier', value: 200, categories: ['fuel'], weekdays: [6, 7], minPaidKopecks: 100_000 },
      ...{ exclusive: true, priority: 10 },
    },
  },
];

export interface Launching {
  clock: StoryClock;
  now: Date;
  zone: string;
  /** A station where nothing but the base rule counts. */
  except: string;
}

/** The promotions of the demo, each launched in its time by the manager. */
export async function launchPromotions(sql: Sql, promotions: Promotions, scene: Launching): Promise<void> {
  const { clock, now, zone, except } = scene;
  const [manager] = await sql.query<{ id: string }>(`select id from staff where role = 'manager' limit 1`);
  const actor: Actor = manager ? { kind: 'staff', id: manager.id } : { kind: 'system' };
  const present = clock.now();
  for (const { daysAgo, daysLeft, terms } of LAUNCHES) {
    const start = DateTime.fromJSDate(now, { zone }).minus({ days: daysAgo }).startOf('day');
    const lastDay = daysLeft === null ? null : DateTime.fromJSDate(now, { zone }).plus({ days: daysLeft }).toISODate();
    clock.moveTo(start.minus({ days: 2 }).plus({ hours: 11 }).toJSDate());
    const days = { firstDay: start.toISODate(), lastDay };
    const stations = { stationChoice: 'except' as const, stationIds: [except] };
    const all = { ...PLAIN_TERMS, ...terms, ...days, ...stations };
    const id = await promotions.draft(sql, all, actor);
    clock.moveTo(start.minus({ days: 1 }).plus({ hours: 15 }).toJSDate());
    await promotions.step(sql, id, 'published', actor);
  }
  clock.moveTo(present);
}
