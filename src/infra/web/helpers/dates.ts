import { dayOf, formatDate, formatDateTime, formatTime, type DateOptions } from '../../i18n/format.js';
import { lastUsableMoment } from '../../../shared/last-usable-moment.js';
import { text } from '../../i18n/texts.js';
import { localsOf, type HelperOptions } from './helper.js';

type Moment = Date | string;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `{{date lot.expiresAt}}` → `22 ноября`; `zone=station.timeZone` for another zone than the programme's. */
export function date(at: Moment, options: HelperOptions): string {
  return formatDate(new Date(at), dateOptions(options));
}

/** `{{spendableThrough lot.expiresAt}}` → `21 ноября`: the last day on which points that burn then may be spent. */
export function spendableThrough(burnsAt: Moment, options: HelperOptions): string {
  return formatDate(lastUsableMoment(new Date(burnsAt)), dateOptions(options));
}

/** `{{dateTime purchase.at zone=station.timeZone}}` → `22 ноября, 12:15` */
export function dateTime(at: Moment, options: HelperOptions): string {
  return formatDateTime(new Date(at), dateOptions(options));
}

/** `{{time purchase.at}}` → `12:15` */
export function time(at: Moment, options: HelperOptions): string {
  return formatTime(new Date(at), dateOptions(options));
}

/** `{{day group.at}}` → `Сегодня`, `Вчера`, `20 ноября` */
export function day(at: Moment, options: HelperOptions): string {
  const { language, zone, now } = dateOptions(options);
  const then = dayOf(new Date(at), zone);
  if (then === dayOf(now, zone)) return text(language, 'common:time.today');
  if (then === dayOf(new Date(now.getTime() - DAY_MS), zone)) return text(language, 'common:time.yesterday');
  return formatDate(new Date(at), { language, zone, now });
}

/** `<time datetime="{{isoDate purchase.at}}">` */
export function isoDate(at: Moment): string {
  return new Date(at).toISOString();
}

function dateOptions(options: HelperOptions): DateOptions {
  const { lang, zone, now } = localsOf(options);
  return { language: lang, zone: (options.hash as { zone?: string }).zone ?? zone, now };
}
