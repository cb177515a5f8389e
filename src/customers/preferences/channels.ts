export const TOPICS = ['burning', 'news'] as const;
export type Topic = (typeof TOPICS)[number];

export const CHANNELS = ['email', 'sms', 'none'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * What is really used, in SQL, for `n` of notification_choice (left joined) and `c` of customer: e-mail only to a
 * confirmed address, else SMS; null where nothing is wanted.
 */
export const CHANNEL_IN_USE = `case
  when n.channel = 'none' then null
  when n.channel = 'sms' or c.email_confirmed_at is null then 'sms'
  else 'email' end`;
