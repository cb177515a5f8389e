/** One line of .env.example. A `secret` may also come from a file: `<NAME>_FILE` holds its path. */
export interface Setting {
  name: string;
  /** As it would stand in the environment; empty where there is none or where it depends on other settings. */
  fallback: string;
  meaning: string;
  secret?: boolean;
}

/** Every setting there is. Nothing outside this folder reads the environment; a test keeps .env.example in step. */
export const SETTINGS = [
  { name: 'PORT', fallback: '3000', meaning: 'Port of the site; 0 takes a free one' },
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'Address to listen on; 0.0.0.0 opens the site to the network' },
  {
    name: 'PUBLIC_URL',
    fallback: '',
    meaning: 'Address customers see, used in links; http://localhost:<PORT> when empty',
  },
  {
    name: 'ALLOWED_HOSTS',
    fallback: '',
    meaning: 'Host names to answer to, by comma; loopback names and that of PUBLIC_URL are always in',
  },
  { name: 'TRUST_PROXY', fallback: '0', meaning: 'How many proxies stand before the site and may set X-Forwarded-*' },
  { name: 'DATA_DIR', fallback: '.data', meaning: 'Folder of the embedded database, generated secrets and files' },
  {
    name: 'DATABASE_URL',
    fallback: '',
    meaning: 'PostgreSQL 15 or later; the embedded server is started when empty',
    secret: true,
  },
  {
    name: 'DATABASE_POOL',
    fallback: '20',
    meaning: 'Database connections a process may hold, besides a few for the queue',
  },
  {
    name: 'REDIS_URL',
    fallback: '',
    meaning: 'Redis or Valkey for the queues; they live in PostgreSQL when empty',
    secret: true,
  },
  {
    name: 'SECRET',
    fallback: '',
    meaning: 'At least 32 random characters that sign cookies and codes; needed with DATABASE_URL',
    secret: true,
  },
  {
    name: 'METRICS_TOKEN',
    fallback: '',
    meaning: 'Bearer token for /metrics from other machines; only loopback may read it when empty',
    secret: true,
  },
  {
    name: 'LOG_LEVEL',
    fallback: '',
    meaning: 'trace, debug, info, warn, error or fatal; warn for npm start, info for web and worker when empty',
  },
  {
    name: 'DEMO',
    fallback: '',
    meaning: '1 demo world, 0 none, public also beyond loopback; on with the embedded database on loopback when empty',
  },
  { name: 'LINES', fallback: 'loyalty,telecom', meaning: 'Lines of business of this installation' },
  {
    name: 'TIME_ZONE',
    fallback: 'Europe/Moscow',
    meaning: "The programme's time zone: when days, months and nightly runs begin",
  },
  { name: 'BRAND_NAME', fallback: 'СМАРТ КАРД', meaning: 'Name of the programme on pages, slips and messages' },
  { name: 'BRAND_ACCENT', fallback: '#0b7a55', meaning: 'Accent colour, #rrggbb' },
  { name: 'BRAND_PHONE', fallback: '8 800 555-01-23', meaning: 'Phone for customers' },
  { name: 'BRAND_EMAIL', fallback: 'help@smartcard.example', meaning: 'E-mail for customers' },
  { name: 'BRAND_LEGAL_NAME', fallback: 'ООО «Смарт Кард»', meaning: 'Legal entity that runs the programme' },
  { name: 'BRAND_INN', fallback: '7700000000', meaning: 'Its taxpayer number' },
  { name: 'BRAND_OGRN', fallback: '1027700000000', meaning: 'Its registration number' },
  { name: 'BRAND_ADDRESS', fallback: '101000, Москва, ул. Примерная, д. 1', meaning: 'Its legal address' },
  {
    name: 'EARN_BASIS_POINTS',
    fallback: '100',
    meaning: 'What a purchase earns, in hundredths of a percent: 100 is 1 %',
  },
  { name: 'CARD_PRICE_KOPECKS', fallback: '10000', meaning: 'Price of a plastic card at the till, in kopecks' },
  { name: 'REDEEM_SHARE_PERCENT', fallback: '100', meaning: 'Share of a receipt that points may pay, in percent' },
  {
    name: 'REDEEM_STATIC_UP_TO_POINTS',
    fallback: '',
    meaning: 'Points a card number may spend a purchase without a rotating or SMS code; any number when empty',
  },
  { name: 'REGULATED_EARNS', fallback: 'false', meaning: 'Whether tobacco and other regulated goods earn points' },
  { name: 'POINTS_LIFETIME_MONTHS', fallback: '12', meaning: 'After how many months points burn' },
  {
    name: 'PROOF_ABOVE_POINTS',
    fallback: '100',
    meaning: 'Above how many points spending without the card needs a code',
  },
  { name: 'CLAIMS_PER_DAY', fallback: '3', meaning: 'Receipts that one customer may claim in a day' },
  {
    name: 'CLAIM_WAIT_DAYS',
    fallback: '7',
    meaning: "How many days a claimed receipt waits for its station's upload",
  },
  { name: 'CALLBACK_FROM', fallback: '09:00', meaning: 'When operators begin to call people back in TIME_ZONE' },
  { name: 'CALLBACK_TO', fallback: '20:00', meaning: 'When they end' },
  { name: 'CALLBACK_DAYS', fallback: '1,2,3,4,5,6,7', meaning: 'On which days of the week, 1 is Monday' },
  { name: 'CALLBACK_MINUTES', fallback: '15', meaning: 'Within how many minutes of these hours we promise to call' },
  { name: 'CALLBACK_KEEP_DAYS', fallback: '365', meaning: 'After how many days callbacks are forgotten' },
  { name: 'CALLBACKS_PER_PHONE_DAY', fallback: '5', meaning: 'Callbacks asked for to one phone in a day' },
  {
    name: 'CALLBACKS_PER_IP_HOUR',
    fallback: '',
    meaning:
      'The same from one address in an hour, five times as many from one /24 network; 10, in the demo 500 when empty',
  },
  {
    name: 'CALLBACKS_PER_PREFIX_HOUR',
    fallback: '',
    meaning: 'The same in an hour to numbers that differ in the last four digits only; 20, in the demo 500 when empty',
  },
  { name: 'ORDERS_PER_PHONE_DAY', fallback: '5', meaning: 'Applications for a tariff with one phone in a day' },
  {
    name: 'ORDERS_PER_IP_HOUR',
    fallback: '',
    meaning:
      'The same from one address in an hour, five times as many from one /24 network; 10, in the demo 500 when empty',
  },
  {
    name: 'ORDERS_PER_PREFIX_HOUR',
    fallback: '',
    meaning:
      'The same in an hour with numbers that differ in the last four digits only; 20, in the demo 500 when empty',
  },
  {
    name: 'ESIA_DEADLINE_DAYS',
    fallback: '10',
    meaning:
      'In how many days a company is to put the user of a number into ESIA before we call it overdue; the law wants it before the number is used',
  },
  { name: 'POS_RATE', fallback: '', meaning: 'Requests a second for one terminal; 50, in the demo 2000 when empty' },
  {
    name: 'POS_BURST',
    fallback: '',
    meaning: 'Requests a terminal may make at once; 200, in the demo 2000 when empty',
  },
  {
    name: 'SMS_TRANSPORT',
    fallback: '',
    meaning: 'How SMS leave: dev_inbox (demo only) or none; dev_inbox in the demo, else none when empty',
  },
  { name: 'SMS_PAUSE_SECONDS', fallback: '60', meaning: 'Between two SMS codes to one phone' },
  { name: 'SMS_PER_PHONE_HOUR', fallback: '5', meaning: 'SMS codes to one phone in an hour' },
  { name: 'SMS_PER_PHONE_DAY', fallback: '10', meaning: 'SMS codes to one phone in a day' },
  {
    name: 'SMS_PER_IP_HOUR',
    fallback: '',
    meaning:
      'SMS codes asked for from one address in an hour; 10, in the demo 500 when empty, since all share one address there',
  },
  {
    name: 'SMS_PER_SUBNET_HOUR',
    fallback: '',
    meaning: 'The same from one /24 network; 50, in the demo 500 when empty',
  },
  {
    name: 'SMS_PER_PREFIX_HOUR',
    fallback: '',
    meaning: 'SMS codes in an hour to numbers that differ in the last four digits only; 30, in the demo 500 when empty',
  },
  { name: 'SMS_PER_DAY', fallback: '10000', meaning: 'SMS codes in a day altogether' },
  { name: 'CODE_CHECKS_PER_PHONE_HOUR', fallback: '10', meaning: 'Codes typed for one phone in an hour' },
  { name: 'PASSWORD_TRIES', fallback: '5', meaning: 'Passwords tried for one phone from one address in 15 minutes' },
  {
    name: 'PASSWORD_TRIES_PER_IP',
    fallback: '',
    meaning: 'Passwords tried from one address in 15 minutes; 50, in the demo 500 when empty',
  },
  {
    name: 'STAFF_PASSWORD_TRIES',
    fallback: '10',
    meaning: 'Passwords tried for one member of staff from one address in 15 minutes',
  },
  {
    name: 'FIRST_PASSWORD_PHONES',
    fallback: '20',
    meaning:
      'Wrong digits of SIM cards at so many different phones within 10 minutes raise the alarm and shut that door',
  },
  {
    name: 'SMTP_URL',
    fallback: '',
    meaning:
      'Mail server, smtps://user:password@host; without one the demo shows mails at /dev/inbox and others send none',
    secret: true,
  },
  {
    name: 'MAIL_FROM',
    fallback: '',
    meaning: 'Sender of mails, “Name <address>”; BRAND_NAME and BRAND_EMAIL when empty',
  },
  {
    name: 'QUIET_FROM',
    fallback: '21:00',
    meaning: 'When the quiet hours begin in TIME_ZONE: reminders and news wait until they end',
  },
  {
    name: 'QUIET_TO',
    fallback: '09:00',
    meaning: 'When the quiet hours end; the same as QUIET_FROM for none',
  },
  {
    name: 'REMIND_FROM_POINTS',
    fallback: '1',
    meaning: 'Least points whose burning is announced 30 and 7 days before',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
