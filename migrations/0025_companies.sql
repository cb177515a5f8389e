-- Companies as customers (T16): who they are, who uses which of their lines, and whether the law's register knows of it.

-- companies ------------------------------------------------------------------------------------------------------------

create table company (
  id uuid primary key,
  -- One login is one company at most.
  customer_id uuid not null references customer,
  -- Two clerks at one company: the later one is told.
  revision integer not null default 1,
  name text not null check (length(btrim(name)) between 1 and 120),
  full_name text check (length(btrim(full_name)) between 1 and 300),
  inn text not null check (inn ~ '^([0-9]{10}|[0-9]{12})$'),
  kpp text check (kpp ~ '^[0-9]{4}[0-9A-Z]{2}[0-9]{3}$'),
  ogrn text check (ogrn ~ '^([0-9]{13}|[0-9]{15})$'),
  address text check (length(btrim(address)) between 1 and 300),
  bik text check (bik ~ '^[0-9]{9}$'),
  account text check (account ~ '^[0-9]{20}$'),
  correspondent text check (correspondent ~ '^[0-9]{20}$'),
  -- Who signs for it, and what gives them the right to: the charter, a power of attorney.
  signer text check (length(btrim(signer)) between 1 and 120),
  signer_basis text check (length(btrim(signer_basis)) between 1 and 200),
  -- Where its papers go.
  email text check (length(email) <= 254),
  created_at timestamptz not null,
  -- It is no customer of ours any more, or was written down by mistake.
  closed_at timestamptz check (closed_at >= created_at),
  -- A person in business has no code of a tax office.
  check (length(inn) = 10 or kpp is null),
  check (ogrn is null or (length(ogrn) = 13) = (length(inn) = 10)),
  check (bik is not null or (account is null and correspondent is null))
);
create unique index company_live_customer_idx on company (customer_id) where closed_at is null;
create unique index company_live_inn_idx on company (inn) where closed_at is null;
create index company_customer_idx on company (customer_id);
create index company_name_idx on company (lower(name), id) where closed_at is null;

-- who uses a line ------------------------------------------------------------------------------------------------------

alter table line
  -- Of a company's line whose user was named. Where nobody was, `used_by` is the company itself.
  add column user_kind text check (user_kind in ('person', 'device')),
  -- What the register asks of a device: its IMEI, where it stands; of a person, whatever the company wants to remember.
  add column user_note text check (length(btrim(user_note)) between 1 and 200),
  -- Whether the user is in ESIA (533-FZ, decree 844); a company's duty alone.
  add column esia_state text not null default 'not_needed' check (esia_state in ('not_needed', 'to_do', 'submitted', 'confirmed')),
  -- By the calendar of TIME_ZONE: after this day it is overdue.
  add column esia_due_on date,
  add column esia_submitted_at timestamptz,
  add column esia_confirmed_at timestamptz,
  add constraint line_kind_of_user_check check (user_kind is null or used_by is not null),
  add constraint line_note_of_user_check check (user_note is null or user_kind is not null),
  add constraint line_esia_day_check check ((esia_state in ('to_do', 'submitted')) = (esia_due_on is not null)),
  add constraint line_esia_submitted_check check (esia_state <> 'submitted' or esia_submitted_at is not null),
  add constraint line_esia_confirmed_check check ((esia_state = 'confirmed') = (esia_confirmed_at is not null)),
  -- Nobody can be in the register who was not named.
  add constraint line_esia_user_check check (esia_state not in ('submitted', 'confirmed') or user_kind is not null or state = 'ended');
-- What somebody has to be reminded of.
create index line_esia_due_idx on line (esia_due_on, customer_id) where state <> 'ended' and esia_state in ('to_do', 'submitted');

alter table line_event
  drop constraint line_event_kind_check,
  add constraint line_event_kind_check check (kind in (
    'opened', 'activated', 'user_changed', 'ended',
    'suspended', 'resumed', 'tariff_changed', 'number_changed', 'sim_replaced',
    'esia_to_do', 'esia_submitted', 'esia_confirmed', 'esia_not_needed'));

-- reminders ------------------------------------------------------------------------------------------------------------

-- One row for a line, its day and a stage, in one transaction with the message, so that runs may be repeated and race.
create table esia_reminder (
  line_id uuid not null references line,
  due_on date not null,
  stage text not null check (stage in ('week', 'day', 'overdue')),
  message_id uuid not null,
  created_at timestamptz not null,
  primary key (line_id, due_on, stage)
);
create index esia_reminder_message_idx on esia_reminder (message_id);

alter table message
  drop constraint message_topic_check,
  add constraint message_topic_check check (topic in ('access', 'burning', 'news', 'callback', 'esia'));
