import { formatDate } from '../../infra/i18n/format.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { lastUsableMoment } from '../../shared/last-usable-moment.js';
import type { Words } from '../../notifications/last-words.service.js';
import { smsSegments } from '../../notifications/sms-text.js';

export interface Burning {
  /** What burns next, at this moment: the first one of a day. */
  pointsHundredths: bigint;
  burnsAt: Date;
  /** What burns in so many days altogether. */
  totalHundredths: bigint;
  days: number;
  language: Language;
}

export interface Surroundings {
  /** The programme's. */
  zone: string;
  /** The present: this year is not named. */
  now: Date;
  brand: string;
  siteUrl: string;
  unsubscribeUrl: string;
}

/** One segment wherever the figures allow it, two where more burns than on the next day. */
export function reminderSms(burning: Burning, around: Surroundings): Words {
  const { language } = burning;
  const params = paramsOf(burning, around);
  if (isMore(burning)) return { subject: null, text: plain(text(language, 'notifications:reminder.smsMore', params)) };
  const whole = text(language, 'notifications:reminder.sms', params);
  const words = smsSegments(whole) === 1 ? whole : text(language, 'notifications:reminder.smsShort', params);
  return { subject: null, text: plain(words) };
}

export function reminderEmail(burning: Burning, around: Surroundings): Words {
  const { language } = burning;
  const { brand, siteUrl, unsubscribeUrl } = around;
  const links = {
    brand,
    points: `${siteUrl}/cabinet/points`,
    choose: `${siteUrl}/cabinet/notifications`,
    unsubscribeUrl,
  };
  const figures = paramsOf(burning, around);
  const more = isMore(burning) ? text(language, 'notifications:reminder.emailMore', figures) : '';
  const params = { ...figures, ...links, more };
  return {
    subject: plain(text(language, 'notifications:reminder.subject', params)),
    text: plain(text(language, 'notifications:reminder.email', params)),
  };
}

function isMore({ pointsHundredths, totalHundredths }: Burning): boolean {
  return totalHundredths > pointsHundredths;
}

function paramsOf(
  { pointsHundredths, burnsAt, totalHundredths, days, language }: Burning,
  { zone, now }: Surroundings,
): { count: number } & Record<string, string | number> {
  return {
    count: Number(pointsHundredths) / 100,
    amount: pointsText(pointsHundredths, language),
    total: pointsText(totalHundredths, language),
    days,
    lastDay: formatDate(lastUsableMoment(burnsAt), { language, zone, now }),
  };
}

/** A space that holds words together is a character that some phones do not know, and takes Latin texts out of GSM-7. */
function plain(words: string): string {
  return words.replaceAll('\u00a0', ' ');
}
