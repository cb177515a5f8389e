-- «Заказать звонок»: who asks to be called, until when we promised it, who dials, what came of it.

-- What is dialled is one row for a phone, however often its owner asks before we get through.
create table callback (
  id uuid primary key,
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  name text check (length(name) between 1 and 60),
  language text not null check (language in ('ru', 'en')),
  topic text not null check (topic in ('card', 'sim', 'payment', 'other')),
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'done', 'cancelled')),
  -- Two people on one callback: whoever saw an older version is told so.
  version integer not null default 1,
  -- Until then we promised to call, or the moment that the customer chose.
  due_at timestamptz not null,
  at_chosen_time boolean not null,
  assignee_id uuid references staff,
  taken_at timestamptz,
  -- Failed dials since the customer was last heard of.
  missed smallint not null default 0 check (missed >= 0),
  outcome text check (outcome in ('order_made', 'question_answered', 'refused', 'unreachable', 'wrong_number')),
  closed_at timestamptz,
  closed_by uuid references staff,
  asked_at timestamptz not null,
  check ((state = 'taken') = (assignee_id is not null)),
  check ((assignee_id is null) = (taken_at is null)),
  check ((state in ('done', 'cancelled')) = (closed_at is not null)),
  check ((state = 'done') = (outcome is not null))
);
create unique index callback_open_phone_idx on callback (phone) where state in ('waiting', 'taken');
create index callback_phone_idx on callback (phone, asked_at);
-- The queue: what is overdue has the earliest due time, so it comes first.
create index callback_due_idx on callback (due_at, id) where state in ('waiting', 'taken');
create index callback_topic_due_idx on callback (topic, due_at, id) where state in ('waiting', 'taken');
create index callback_waiting_idx on callback (due_at, id) where state = 'waiting';
create index callback_taken_idx on callback (assignee_id, due_at, id) where state = 'taken';
create index callback_closed_idx on callback (state, closed_at, id) where closed_at is not null;
create index callback_topic_closed_idx on callback (state, topic, closed_at, id) where closed_at is not null;
create index callback_closed_by_idx on callback (closed_by, state, closed_at, id) where closed_by is not null;
create index callback_asked_idx on callback using brin (asked_at) with (pages_per_range = 16, autosummarize = on);

-- Each time somebody asked, with a secret link of its own: whoever types a known phone sees nothing of its owner's.
create table callback_request (
  id uuid primary key,
  callback_id uuid not null references callback on delete cascade,
  source text not null check (source in ('site', 'sms')),
  token_hash bytea not null unique,
  topic text check (topic in ('card', 'sim', 'payment', 'other')),
  -- The page they came from.
  page text check (length(page) <= 200),
  -- A digest: one browser may take back all that it asked for.
  browser bytea,
  -- The text of `/legal/callback` that they agreed to.
  consent_version text,
  promised_at timestamptz,
  at_chosen_time boolean not null default false,
  -- Of a link that went out by SMS to the phone itself.
  message_id uuid unique references message,
  asked_at timestamptz not null,
  withdrawn_at timestamptz,
  check ((source = 'site') = (consent_version is not null)),
  check ((source = 'site') = (promised_at is not null)),
  check ((source = 'sms') = (message_id is not null))
);
create index callback_request_callback_idx on callback_request (callback_id, asked_at);

create table callback_dial (
  id uuid primary key,
  callback_id uuid not null references callback on delete cascade,
  staff_id uuid not null references staff,
  result text not null check (result in ('talked', 'no_answer', 'busy', 'wrong_number')),
  note text check (length(note) <= 500),
  next_try_at timestamptz,
  dialled_at timestamptz not null
);
create index callback_dial_callback_idx on callback_dial (callback_id, dialled_at);
-- They go with their callback when it is forgotten, and are never rewritten.
create trigger callback_dial_unchanged before update on callback_dial for each row execute function forbid_change();

create table callback_comment (
  id uuid primary key,
  callback_id uuid not null references callback on delete cascade,
  staff_id uuid not null references staff,
  body text not null check (length(body) between 1 and 1000),
  written_at timestamptz not null
);
create index callback_comment_callback_idx on callback_comment (callback_id, written_at);
create trigger callback_comment_unchanged before update on callback_comment for each row execute function forbid_change();

-- A link to choose the time by may wait for the morning and goes to somebody who need not be a customer.
alter table message
  drop constraint message_topic_check,
  add constraint message_topic_check check (topic in ('access', 'burning', 'news', 'callback'));
