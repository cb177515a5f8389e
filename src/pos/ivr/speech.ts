import { formatDate } from '../../infra/i18n/format.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { text } from '../../infra/i18n/texts.js';
import { lastUsableMoment } from '../../shared/last-usable-moment.js';
import type { PointsBalance } from '../../loyalty/purchase.js';

/** The hotline speaks Russian. */
const LANGUAGE = 'ru';

/** What a synthesiser reads out: the balance and what burns next, with plain spaces only. */
export function balanceSpeech({ availableHundredths, expiring }: PointsBalance, timeZone: string, now: Date): string {
  const key = availableHundredths < 0n ? 'owed' : availableHundredths === 0n ? 'none' : 'balance';
  const first = text(LANGUAGE, `ivr:${key}`, { points: points(availableHundredths) });
  const [next] = expiring;
  if (!next) return first;
  const date = formatDate(lastUsableMoment(next.at), { language: LANGUAGE, zone: timeZone, now });
  return plain(`${first} ${text(LANGUAGE, 'ivr:burns', { points: points(next.pointsHundredths), date })}`);
}

export function blockSpeech(): string {
  return text(LANGUAGE, 'ivr:blocked');
}

function points(hundredths: bigint): string {
  return plain(pointsText(hundredths < 0n ? -hundredths : hundredths, LANGUAGE));
}

function plain(phrase: string): string {
  return phrase.replace(/[\u00a0\u202f]/g, ' ');
}
