-- The owner of a cabinet: what is open, and the contact phone as it changes.

create index customer_session_owner_idx on customer_session ((sess->>'ownerId'));

-- From when on the contact phone is theirs: what was sent to it before was somebody else's. Null since the login was made.
alter table login add column phone_since timestamptz;

-- A contact phone on its way to another one: by its owner with a code to each of the two, or by staff who made sure who is
-- asking, with a code to the new one (A11). Forgotten after a month. Codes are forgotten sooner, so nothing refers to them.
create table phone_change (
  id uuid primary key,
  login_id uuid not null references login,
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  state text not null check (state in ('old_phone', 'new_phone', 'done', 'replaced')),
  code_id uuid not null,
  staff_id uuid references staff,
  identity_check text check (identity_check in ('document', 'questions')),
  expires_at timestamptz not null,
  done_at timestamptz,
  created_at timestamptz not null,
  check ((staff_id is null) = (identity_check is null)),
  check ((state = 'done') = (done_at is not null))
);
create unique index phone_change_live_idx on phone_change (login_id) where state in ('old_phone', 'new_phone');
create index phone_change_done_idx on phone_change (login_id, done_at) where state = 'done';
create index phone_change_created_idx on phone_change (created_at);

-- A cabinet on its way out: asked for by its owner, who has a week to change their mind; then done, for good. The row stays as
-- the record of the destruction (152-FZ) and names nobody.
create table account_deletion (
  id uuid primary key,
  customer_id uuid not null references customer,
  asked_at timestamptz not null,
  due_at timestamptz not null check (due_at > asked_at),
  cancelled_at timestamptz check (cancelled_at >= asked_at),
  done_at timestamptz check (done_at >= due_at),
  check (cancelled_at is null or done_at is null)
);
create unique index account_deletion_once_idx on account_deletion (customer_id) where cancelled_at is null;
create index account_deletion_due_idx on account_deletion (due_at) where cancelled_at is null and done_at is null;
