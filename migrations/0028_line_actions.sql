-- What is done with lines at their operators (N5): the traces it leaves, the list of lines, and the hold after a SIM card was replaced.

alter table line_event
  drop constraint line_event_kind_check,
  add constraint line_event_kind_check check (kind in (
    'opened', 'activated', 'user_changed', 'ended',
    'suspended', 'resumed', 'tariff_changed', 'number_changed', 'sim_replaced',
    'esia_to_do', 'esia_submitted', 'esia_confirmed', 'esia_not_needed')),
  -- The operator's task that it came of; what was asked for stands there.
  add column task_id uuid references operator_task;

-- Words about a person may be erased with the person; nothing else of what happened changes.
create function keep_line_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.reason is null and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' then return new; end if;
  raise exception 'what happened to a line stays as it was' using errcode = 'restrict_violation';
end $$;
drop trigger line_event_append_only on line_event;
create trigger line_event_keep before update or delete on line_event for each row execute function keep_line_event();

-- Any choice of operator and state is a handful of reads of one index.
create index line_list_idx on line (operator_id, state, id);
create index line_suspended_idx on line (id) where state = 'suspended';
-- A number comes over to one line at a time.
create index operator_task_open_port_idx on operator_task ((details ->> 'ported')) where kind = 'port' and closed_at is null;

-- Whoever has a number's new SIM card gets its SMS: until then no password goes to that number, and no code in a password's place.
create table sim_swap_hold (
  phone text primary key check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  until timestamptz not null
);
create index sim_swap_hold_until_idx on sim_swap_hold (until);
