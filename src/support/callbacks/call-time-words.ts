import { dayOf, formatDate, formatTime } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';

interface Around {
  language: Language;
  zone: string;
  now: Date;
}

const DAY_MS = 86_400_000;

/** A promise, an hour that the customer chose, the next try of an operator. */
export type TimeKind = 'until' | 'at' | 'about';

/** «сегодня до 14:35», «завтра в 10:00», «сегодня около 16:30». */
export function callTimeWords(at: Date, kind: TimeKind, { language, zone, now }: Around): string {
  const params = { time: formatTime(at, { language, zone }), date: formatDate(at, { language, zone, now }) };
  return text(language, `callbacks:time.${kind}.${dayName(at, zone, now)}`, params);
}

/** «Сегодня, 15:00–16:00» */
export function slotWords(slot: { startsAt: Date; endsAt: Date; day: 'today' | 'tomorrow' }, around: Around): string {
  const { language, zone } = around;
  const [from, to] = [slot.startsAt, slot.endsAt].map((moment) => formatTime(moment, { language, zone }));
  return text(language, `callbacks:slot.${slot.day}`, { from, to });
}

function dayName(at: Date, zone: string, now: Date): 'today' | 'tomorrow' | 'later' {
  const day = dayOf(at, zone);
  if (day === dayOf(now, zone)) return 'today';
  return day === dayOf(new Date(now.getTime() + DAY_MS), zone) ? 'tomorrow' : 'later';
}
