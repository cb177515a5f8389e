-- E-mail beside SMS, who wants to hear what over which of them, and reminders of points that are about to burn.

-- messages -----------------------------------------------------------------------------------------------------------

alter table message
  -- Null where it went to a phone that may belong to nobody yet.
  add column customer_id uuid references customer,
  add column topic text not null default 'access' check (topic in ('access', 'burning', 'news')),
  -- Codes and what somebody waits for at this moment do not keep the quiet hours.
  add column urgent boolean not null default true,
  -- Business time: from then on it is better not sent at all.
  add column useless_at timestamptz,
  add column unsubscribe_url text,
  -- One process at a time talks to the gateway about a message.
  add column sending_since timestamptz,
  drop constraint message_state_check,
  add constraint message_state_check check (state in ('queued', 'sent', 'failed', 'cancelled')),
  -- No line of a mail's head begins in what somebody typed.
  add constraint message_head_one_line check (recipient !~ '[\r\n]' and coalesce(subject, '') !~ '[\r\n]');
create index message_customer_idx on message (customer_id, created_at) where customer_id is not null;
create index message_recipient_idx on message (recipient, created_at);

-- customers ----------------------------------------------------------------------------------------------------------

alter table customer
  add column email_confirmed_at timestamptz,
  add constraint customer_email_confirmed_check check (email_confirmed_at is null or email is not null);

-- Whoever changes the address, and wherever: another address has to be confirmed anew.
create function forget_email_confirmation() returns trigger language plpgsql as $$
begin
  if new.email is distinct from old.email then
    new.email_confirmed_at := null;
  end if;
  return new;
end $$;
create trigger customer_email_changed before update of email on customer
  for each row execute function forget_email_confirmation();

create table email_confirmation (
  id uuid primary key,
  customer_id uuid not null references customer,
  email text not null,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  -- By a click, or by the next link to this customer.
  used_at timestamptz,
  created_at timestamptz not null
);
create unique index email_confirmation_live_idx on email_confirmation (customer_id) where used_at is null;
create index email_confirmation_expires_idx on email_confirmation (expires_at);

-- What somebody chose; whoever chose nothing gets the best channel there is.
create table notification_choice (
  customer_id uuid not null references customer,
  topic text not null check (topic in ('burning', 'news')),
  channel text not null check (channel in ('sms', 'email', 'none')),
  chosen_at timestamptz not null,
  primary key (customer_id, topic),
  -- No news is the consent withdrawn, not a choice of a channel.
  check (topic <> 'news' or channel <> 'none')
);

-- reminders ----------------------------------------------------------------------------------------------------------

-- One reminder for an account's points of one day and a stage: the row is written with its message.
create table burn_reminder (
  account_id uuid not null references account,
  burns_at timestamptz not null,
  stage smallint not null check (stage in (30, 7)),
  message_id uuid not null unique references message deferrable initially deferred,
  created_at timestamptz not null,
  primary key (account_id, burns_at, stage)
);
