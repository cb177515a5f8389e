-- Cards blocked and unblocked, numbers replaced by staff too, and two customers who turn out to be one person.

-- cards -------------------------------------------------------------------------------------------------------------

-- A card that tills do not take for a while. Who lifted it is kept; at most one is in force for a card.
create table card_block (
  id uuid primary key,
  card_number text not null references card,
  reason text not null check (reason in ('lost', 'stolen', 'fraud', 'other')),
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'terminal', 'system')),
  actor_id uuid,
  blocked_at timestamptz not null,
  lifted_by_kind text check (lifted_by_kind in ('customer', 'staff', 'terminal', 'system')),
  lifted_by_id uuid,
  lifted_at timestamptz,
  check ((lifted_at is null) = (lifted_by_kind is null)),
  check (lifted_at >= blocked_at)
);
create unique index card_block_in_force_idx on card_block (card_number) where lifted_at is null;
create index card_block_card_idx on card_block (card_number, blocked_at);
create trigger card_block_no_delete before delete on card_block for each row execute function forbid_change();
create trigger card_block_no_truncate before truncate on card_block for each statement execute function forbid_change();

-- The system replaces cards too, and has no id.
alter table card_replacement alter column actor_id drop not null;
create trigger card_replacement_append_only before update or delete on card_replacement for each row execute function forbid_change();
create trigger card_replacement_no_truncate before truncate on card_replacement for each statement execute function forbid_change();

-- customers ---------------------------------------------------------------------------------------------------------

-- Whose the absorbed customer's history is now: always somebody who was not absorbed themselves.
alter table customer
  add column merged_into uuid references customer,
  add constraint customer_merged_check check (merged_into <> id);
create index customer_merged_idx on customer (merged_into) where merged_into is not null;

create table customer_merge (
  id uuid primary key,
  from_customer_id uuid not null unique references customer,
  into_customer_id uuid not null references customer,
  -- Hundredths of a point; below zero where points were owed.
  moved_hundredths bigint not null,
  cards integer not null check (cards >= 0),
  staff_id uuid not null references staff,
  merged_at timestamptz not null,
  check (from_customer_id <> into_customer_id)
);
create index customer_merge_into_idx on customer_merge (into_customer_id, merged_at);
create trigger customer_merge_append_only before update or delete on customer_merge for each row execute function forbid_change();
create trigger customer_merge_no_truncate before truncate on customer_merge for each statement execute function forbid_change();
