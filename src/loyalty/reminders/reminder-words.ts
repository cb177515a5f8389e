import { formatDate } from '../../infra/i18n/format.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import type { Words } from '../../notifications/last-words.service.js';
import { smsSegments } from '../../notifications/sms-text.js';

export interface Burning {
  pointsHundredths: bigint;
  burnsAt: Date;
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

/** One segment wherever the figures allow it. */
export function reminderSms({ pointsHundredths, burnsAt, language }: Burning, { zone, now }: Surroundings): Words {
  const params = paramsOf(pointsHundredths, burnsAt, language, zone, now);
  const whole = text(language, 'notifications:reminder.sms', params);
  const words = smsSegments(whole) === 1 ? whole : text(language, 'notifications:reminder.smsShort', params);
  return { subject: null, text: plain(words) };
}

export function reminderEmail({ pointsHundredths, burnsAt, language }: Burning, around: Surroundings): Words {
  const { zone, now, brand, siteUrl, unsubscribeUrl } = around;
  const links = {
    brand,
    points: `${siteUrl}/cabinet/points`,
    choose: `${siteUrl}/cabinet/notifications`,
    unsubscribeUrl,
  };
  const params = { ...paramsOf(pointsHundredths, burnsAt, language, zone, now), ...links };
  return {
    subject: plain(text(language, 'notifications:reminder.subject', params)),
    text: plain(text(language, 'notifications:reminder.email', params)),
  };
}

function paramsOf(
  hundredths: bigint,
  burnsAt: Date,
  language: Language,
  zone: string,
  now: Date,
): { count: number } & Record<string, string | number> {
  return {
    count: Number(hundredths) / 100,
    amount: pointsText(hundredths, language),
    date: formatDate(burnsAt, { language, zone, now }),
    // Points burn at the first moment of that day.
    lastDay: formatDate(new Date(burnsAt.getTime() - 1), { language, zone, now }),
  };
}

/** A space that holds words together is a character that some phones do not know, and takes Latin texts out of GSM-7. */
function plain(words: string): string {
  return words.replaceAll('\u00a0', ' ');
}
