-- Points held for a purchase that is not finished, refunds, and accounts that may owe points after one.

-- ledger ------------------------------------------------------------------------------------------------------------

alter table account
  drop constraint account_kind_check,
  drop constraint account_check,
  add constraint account_kind_check check (kind in ('points', 'held', 'issued', 'spent', 'burnt')),
  -- Of a `held` account: the points account whose points it keeps. One each, made with the first hold.
  add column held_for uuid unique references account,
  add constraint account_balance_check check ((kind in ('points', 'held')) = (balance is not null)),
  add constraint account_held_for_check check ((kind = 'held') = (held_for is not null)),
  -- Only whoever earns may owe.
  add constraint account_negative_check check (not may_be_negative or kind = 'points');
update account set may_be_negative = true where kind = 'points';

alter table transfer
  drop constraint transfer_kind_check,
  add constraint transfer_kind_check
    check (kind in ('earn', 'spend', 'burn', 'move', 'hold', 'release', 'return', 'clawback'));

-- Which purchase earned the points, through all moves, and whether a refund gave them time after their own was over.
alter table lot add column earned_by uuid, add column grace boolean not null default false;
with recursive root as (
  select l.id, t.subject_id as earned_by from lot l join transfer t on t.id = l.transfer_id where l.origin_lot_id is null
  union all
  select l.id, r.earned_by from lot l join root r on r.id = l.origin_lot_id
)
update lot set earned_by = root.earned_by from root where root.id = lot.id;
alter table lot alter column earned_by set not null;

create or replace function forbid_lot_rewrite() returns trigger language plpgsql as $$
begin
  if (new.id, new.account_id, new.transfer_id, new.origin_lot_id, new.amount, new.earned_at, new.expires_at, new.earned_by, new.grace)
     is distinct from
     (old.id, old.account_id, old.transfer_id, old.origin_lot_id, old.amount, old.earned_at, old.expires_at, old.earned_by, old.grace) then
    raise exception 'only lot.remaining changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Points reserved for a purchase until it is confirmed, cancelled, or its time is over.
create table points_hold (
  purchase_id uuid primary key references purchase,
  account_id uuid not null references account,
  held_account_id uuid references account,
  -- The transfer that brought its lots to the held account; of a hold of nothing there is none.
  transfer_id uuid references transfer,
  amount bigint not null check (amount >= 0),
  due_at timestamptz not null,
  settled_at timestamptz,
  outcome text check (outcome in ('confirmed', 'cancelled', 'released')),
  created_at timestamptz not null default now(),
  check ((settled_at is null) = (outcome is null)),
  check ((amount > 0) = (transfer_id is not null)),
  check ((transfer_id is null) = (held_account_id is null))
);
create index points_hold_open_idx on points_hold (account_id) where settled_at is null;
create index points_hold_due_idx on points_hold (due_at) where settled_at is null;

-- loyalty -----------------------------------------------------------------------------------------------------------

-- Who confirmed or cancelled a held purchase; `cashier` is who began it.
alter table purchase add column settled_by text;

-- Money given back for a purchase, by sum or by lines, with what it did to the points.
create table refund (
  id uuid primary key,
  purchase_id uuid not null references purchase,
  terminal_id uuid not null references terminal,
  -- The account that the card's points stood on.
  account_id uuid not null references account,
  by_lines boolean not null,
  receipt_number text not null,
  receipt_at timestamptz not null,
  occurred_at timestamptz not null,
  sum_kopecks bigint not null check (sum_kopecks >= 0),
  returned_hundredths bigint not null check (returned_hundredths >= 0),
  taken_back_hundredths bigint not null check (taken_back_hundredths >= 0),
  cashier text,
  created_at timestamptz not null default now(),
  unique (terminal_id, receipt_number, receipt_at),
  check (by_lines or sum_kopecks > 0)
);
create index refund_purchase_idx on refund (purchase_id, id);
create index refund_account_idx on refund (account_id, occurred_at, id);
create index refund_occurred_idx on refund (occurred_at, id);

create table refund_line (
  refund_id uuid not null references refund,
  index smallint not null check (index between 0 and 999),
  quantity_thousandths bigint not null check (quantity_thousandths > 0),
  sum_kopecks bigint not null check (sum_kopecks >= 0),
  returned_hundredths bigint not null check (returned_hundredths >= 0),
  taken_back_hundredths bigint not null check (taken_back_hundredths >= 0),
  primary key (refund_id, index)
);
create trigger refund_append_only before update or delete on refund for each row execute function forbid_change();
create trigger refund_no_truncate before truncate on refund for each statement execute function forbid_change();
create trigger refund_line_append_only before update or delete on refund_line for each row execute function forbid_change();
create trigger refund_line_no_truncate before truncate on refund_line for each statement execute function forbid_change();
