-- Applications for a SIM card (T2, T3): who wants which tariff, how far it has come, and what was said and done on the way.

create table sim_order (
  id uuid primary key,
  -- What people call it by.
  number bigint not null generated always as identity (start with 10001) unique,
  -- Two people at one order: the later one is told.
  revision integer not null default 1,
  source text not null check (source in ('site', 'cabinet', 'staff')),
  language text not null check (language in ('ru', 'en')),
  -- Who ordered from the cabinet, or whose it became at hand-over.
  customer_id uuid references customer,
  state text not null default 'new' check (state in
    ('new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office', 'handed_over', 'active', 'held', 'cancelled', 'refused')),
  -- Where a held order goes on.
  held_from text check (held_from in ('new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office')),
  refusal text check (refusal in ('self_ban', 'number_limit', 'debt', 'documents', 'other')),
  name text not null check (length(btrim(name)) between 1 and 120),
  company text check (length(btrim(company)) between 1 and 120),
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email text check (length(email) <= 254),
  -- By law they come to an office with their papers.
  foreign_citizen boolean not null default false,
  way text not null check (way in ('delivery', 'pickup')),
  address text check (length(btrim(address)) between 1 and 300),
  office_id uuid references office,
  tariff_version_id uuid not null references tariff_version,
  operator_id uuid not null references operator,
  sim_kind text not null check (sim_kind in ('physical', 'esim')),
  wanted_number text check (length(btrim(wanted_number)) between 1 and 60),
  comment text check (length(btrim(comment)) between 1 and 500),
  -- The text of `/legal/order` that was agreed to; staff ask for it by phone.
  consent_version text not null,
  consent_at timestamptz not null,
  -- The card that the stock holds for it, and the line that came of it.
  sim_id uuid references sim_card,
  line_id uuid references line,
  assignee_id uuid references staff,
  next_call_at timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'held') = (held_from is not null)),
  check ((state = 'refused') = (refusal is not null)),
  check ((state in ('active', 'cancelled', 'refused')) = (closed_at is not null)),
  check ((way = 'delivery') = (address is not null)),
  check ((way = 'pickup') = (office_id is not null)),
  check (not foreign_citizen or way = 'pickup'),
  check (state not in ('prepared', 'in_delivery', 'at_office', 'handed_over', 'active') or sim_id is not null),
  check (state not in ('handed_over', 'active') or (line_id is not null and customer_id is not null)),
  check (closed_at is null or next_call_at is null)
);
-- A card is on one open order: the stock says it too.
create unique index sim_order_sim_idx on sim_order (sim_id) where sim_id is not null and closed_at is null;
create unique index sim_order_line_idx on sim_order (line_id) where line_id is not null;
create index sim_order_phone_idx on sim_order (phone, created_at, id);
create index sim_order_phone_reversed_idx on sim_order (reverse(phone) collate "C", id);
create index sim_order_customer_idx on sim_order (customer_id, created_at, id) where customer_id is not null;
-- The desk: what is to be called has its time, so what is overdue comes first.
create index sim_order_open_idx on sim_order ((coalesce(next_call_at, 'infinity')), id) where closed_at is null;
create index sim_order_open_state_idx on sim_order (state, (coalesce(next_call_at, 'infinity')), id) where closed_at is null;
create index sim_order_open_assignee_idx on sim_order (assignee_id, (coalesce(next_call_at, 'infinity')), id) where closed_at is null;
create index sim_order_open_operator_idx on sim_order (operator_id, (coalesce(next_call_at, 'infinity')), id) where closed_at is null;
create index sim_order_closed_idx on sim_order (state, closed_at, id) where closed_at is not null;
create index sim_order_closed_way_idx on sim_order (way, state, closed_at, id) where closed_at is not null;
create index sim_order_closed_assignee_idx on sim_order (assignee_id, state, closed_at, id) where closed_at is not null;
create index sim_order_closed_operator_idx on sim_order (operator_id, state, closed_at, id) where closed_at is not null;

-- Secret links to follow it by. Whoever typed a known phone may look, and only whoever ordered may cancel.
create table sim_order_link (
  id uuid primary key,
  order_id uuid not null references sim_order,
  token_hash bytea not null unique,
  may_cancel boolean not null,
  -- A digest of the browser that asked.
  browser bytea,
  created_at timestamptz not null
);
create index sim_order_link_order_idx on sim_order_link (order_id, created_at);

-- What happened to it: who, when, from where to where, and what was written down.
create table sim_order_event (
  seq bigint generated always as identity primary key,
  order_id uuid not null references sim_order,
  kind text not null check (kind in
    ('created', 'joined', 'moved', 'assigned', 'call_set', 'commented', 'sim_reserved', 'sim_released', 'papers_issued', 'changed')),
  from_state text,
  to_state text,
  reason text check (length(reason) between 1 and 500),
  comment text check (length(comment) between 1 and 1000),
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'system', 'stranger')),
  actor_id uuid,
  at timestamptz not null,
  check ((kind = 'moved') = (from_state is not null))
);
create index sim_order_event_order_idx on sim_order_event (order_id, seq);
-- Words about a person may be erased with the person; nothing else of what happened changes.
create function keep_order_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.comment is null and new.reason is null
     and to_jsonb(new) - 'comment' - 'reason' = to_jsonb(old) - 'comment' - 'reason' then
    return new;
  end if;
  raise exception 'what happened to an order stays as it was' using errcode = 'restrict_violation';
end $$;
create trigger sim_order_event_keep before update or delete on sim_order_event for each row execute function keep_order_event();
create trigger sim_order_event_no_truncate before truncate on sim_order_event for each statement execute function forbid_change();
