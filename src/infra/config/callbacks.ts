import type { CallbackTerms } from './config.js';
import type { SettingReader } from './setting-reader.js';

const MOST = 1_000_000;

/** In the demo everybody comes from one address; what is counted by phone stays as in earnest. */
export function readCallbackTerms(read: SettingReader, demo: boolean): CallbackTerms {
  const hours = { fromMinute: read.minuteOfDay('CALLBACK_FROM'), toMinute: read.minuteOfDay('CALLBACK_TO') };
  if (hours.fromMinute >= hours.toMinute) {
    read.fault('CALLBACK_FROM must be before CALLBACK_TO');
  }
  return {
    ...hours,
    weekdays: readWeekdays(read),
    promiseMinutes: read.integer('CALLBACK_MINUTES', 1, 24 * 60),
    keepDays: read.integer('CALLBACK_KEEP_DAYS', 1, 3650),
    perPhoneDay: read.integer('CALLBACKS_PER_PHONE_DAY', 1, MOST),
    perIpHour: read.integer('CALLBACKS_PER_IP_HOUR', 1, MOST, demo ? 500 : 10),
    perPrefixHour: read.integer('CALLBACKS_PER_PREFIX_HOUR', 1, MOST, demo ? 500 : 20),
  };
}

function readWeekdays(read: SettingReader): number[] {
  const given = read.list('CALLBACK_DAYS');
  const days = given.filter((day) => /^[1-7]$/.test(day)).map(Number);
  if (days.length !== given.length || days.length === 0) {
    read.fault(`CALLBACK_DAYS must name days from 1 (Monday) to 7, such as 1,2,3,4,5, not “${given.join(',')}”`);
  }
  return days.length > 0 ? days : [1];
}
