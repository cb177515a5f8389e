import type { Brand, Messaging } from './config.js';
import type { SettingReader } from './setting-reader.js';

const MAILBOX = /^(?:[^\r\n<>"]* )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/;

/** A mail server wherever one is named; without it the demo shows mails in its inbox. */
export function readMessaging(read: SettingReader, demo: boolean, brand: Brand): Messaging {
  const smtpUrl = read.url('SMTP_URL', ['smtp', 'smtps']);
  return {
    emailTransport: smtpUrl ? 'smtp' : demo ? 'dev_inbox' : 'none',
    smtpUrl,
    mailFrom: readMailFrom(read, brand),
    quietHours: { fromMinute: read.minuteOfDay('QUIET_FROM'), toMinute: read.minuteOfDay('QUIET_TO') },
    remindFromHundredths: BigInt(read.integer('REMIND_FROM_POINTS', 1, 1_000_000)) * 100n,
  };
}

function readMailFrom(read: SettingReader, brand: Brand): string {
  const given = read.text('MAIL_FROM');
  if (given === '') return `${brand.name.replace(/[^\p{L}\p{N} .-]/gu, '')} <${brand.email}>`;
  if (!MAILBOX.test(given)) read.fault(`MAIL_FROM must be an address or “Name <address>”, not “${given}”`);
  return given;
}
