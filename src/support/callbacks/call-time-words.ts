import { dayOf, formatDate, formatTime } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';

interface Around {
  language: Language;
  zone: string;
  now: Date;
}

const DAY_MS = 86_400_000;

/** «сегодня до 14:35» of a promise, «завтра в 10:00» of an hour that was chosen. */
export function callTimeWords(at: Date, chosen: boolean, { language, zone, now }: Around): string {
  const params = { time: formatTime(at, { language, zone }), date: formatDate(at, { language, zone, now }) };
  return text(language, `callbacks:time.${chosen ? 'at' : 'until'}.${dayName(at, zone, now)}`, params);
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
