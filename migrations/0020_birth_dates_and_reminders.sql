-- When a birth date that had been told was changed or taken back, by the programme's calendar; null while the first one
-- stands. Promotions count a changed date a year later, so nobody has a birthday whenever they like.
alter table customer add column birth_date_changed_on date;

-- One message may remind of several days on which points burn.
alter table burn_reminder drop constraint burn_reminder_message_id_key;
create index burn_reminder_message_idx on burn_reminder (message_id);
