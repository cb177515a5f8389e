import type { AccessLimits, Config } from './config.js';
import type { SettingReader } from './setting-reader.js';

const MOST = 1_000_000;

/** In the demo everybody comes from one address; what is counted by phone stays as in earnest. */
export function readAccessLimits(read: SettingReader, demo: boolean): AccessLimits {
  return {
    smsPauseSeconds: read.integer('SMS_PAUSE_SECONDS', 1, 3600),
    smsPerPhoneHour: read.integer('SMS_PER_PHONE_HOUR', 1, MOST),
    smsPerPhoneDay: read.integer('SMS_PER_PHONE_DAY', 1, MOST),
    smsPerIpHour: read.integer('SMS_PER_IP_HOUR', 1, MOST, demo ? 500 : 10),
    smsPerSubnetHour: read.integer('SMS_PER_SUBNET_HOUR', 1, MOST, demo ? 500 : 50),
    smsPerPrefixHour: read.integer('SMS_PER_PREFIX_HOUR', 1, MOST, demo ? 500 : 30),
    smsPerDay: read.integer('SMS_PER_DAY', 1, MOST),
    codeChecksPerPhoneHour: read.integer('CODE_CHECKS_PER_PHONE_HOUR', 1, MOST),
    passwordTries: read.integer('PASSWORD_TRIES', 1, MOST),
    passwordTriesPerIp: read.integer('PASSWORD_TRIES_PER_IP', 1, MOST, demo ? 500 : 50),
    staffPasswordTries: read.integer('STAFF_PASSWORD_TRIES', 1, MOST),
    firstPasswordPhones: read.integer('FIRST_PASSWORD_PHONES', 1, MOST),
  };
}

/** The inbox shows every message to whoever asks: it belongs to the demo alone. */
export function readSmsTransport(read: SettingReader, demo: boolean): Config['smsTransport'] {
  const transport = read.oneOf('SMS_TRANSPORT', ['dev_inbox', 'none'], demo ? 'dev_inbox' : 'none');
  if (transport === 'dev_inbox' && !demo) {
    read.fault('SMS_TRANSPORT=dev_inbox shows every code at /dev/inbox and works in the demo only');
  }
  return transport;
}
