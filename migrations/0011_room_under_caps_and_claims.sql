-- Refunds give room under caps back, one refund receipt may be of several purchases, claims that people decide, and
-- points taken back where a station tells of a refund.

-- What was given and taken back again leaves nothing.
alter table promotion_use drop constraint promotion_use_points_hundredths_check;
alter table promotion_use drop constraint promotion_use_receipts_check;
alter table promotion_use add constraint promotion_use_points_hundredths_check check (points_hundredths >= 0);
alter table promotion_use add constraint promotion_use_receipts_check check (receipts >= 0);

-- One receipt may give back goods of several purchases; of each it counts once.
alter table refund drop constraint refund_terminal_id_receipt_number_receipt_at_key;
alter table refund add constraint refund_receipt_once unique (purchase_id, terminal_id, receipt_number, receipt_at);

-- A deleted segment keeps its name for the history of promotions that were for it; it holds nobody.
alter table segment add column deleted_at timestamptz;

-- A claim that a limit against fraud stopped waits for a member of staff, who credits or refuses it in words that the
-- customer reads.
alter table receipt_claim drop constraint receipt_claim_state_check;
alter table receipt_claim add constraint receipt_claim_state_check
  check (state in ('waiting', 'review', 'credited', 'refused', 'expired'));
alter table receipt_claim drop constraint receipt_claim_reason_check;
alter table receipt_claim add constraint receipt_claim_reason_check
  check (reason in ('not_ours', 'too_old', 'already_earned', 'refunded', 'already_claimed', 'mismatch', 'refund_receipt',
                    'no_card', 'by_staff'));
alter table receipt_claim drop constraint receipt_claim_check;
alter table receipt_claim add constraint receipt_claim_settled check ((state in ('waiting', 'review')) = (settled_at is null));
alter table receipt_claim add column decided_by uuid references staff;
alter table receipt_claim add column decision text check (length(decision) between 1 and 500);
alter table receipt_claim add constraint receipt_claim_decision check ((reason is not distinct from 'by_staff') = (decision is not null));
alter table receipt_claim add constraint receipt_claim_review check (state <> 'review' or receipt_id is not null);
drop index receipt_claim_once_idx;
create unique index receipt_claim_once_idx on receipt_claim (customer_id, fiscal_storage, fiscal_document, fiscal_sign)
  where state in ('waiting', 'review', 'credited');
create index receipt_claim_review_idx on receipt_claim (claimed_at, id) where state = 'review';
-- One claim on a receipt is looked at; those behind it wait for what comes of it.
create unique index receipt_claim_reviewed_idx on receipt_claim (receipt_id) where state = 'review';

-- A station's refund of a receipt that was credited: taken back from the purchase, or left to staff.
create table claim_return (
  -- The refund's own receipt: worked once, however often it is told.
  receipt_id uuid primary key references station_receipt,
  purchase_id uuid not null references purchase,
  refund_id uuid unique references refund,
  -- Why nothing was taken back: the till had done so, or it cannot be told what to do.
  reason text check (reason in ('at_till', 'unclear')),
  worked_at timestamptz not null,
  check ((refund_id is null) = (reason is not null))
);
create index claim_return_purchase_idx on claim_return (purchase_id);

-- What promotions gave on a card counts on the account of whoever activated it: activation moves it from here on, and
-- this is what was left behind before.
with gone as (
  delete from promotion_use u using activation v, customer o
  where v.moved_from_account_id = u.account_id and o.id = v.customer_id and o.points_account_id <> u.account_id
  returning u.promotion_id, u.day, u.points_hundredths, u.receipts, o.points_account_id)
insert into promotion_use (promotion_id, account_id, day, points_hundredths, receipts)
  select promotion_id, points_account_id, day, sum(points_hundredths), sum(receipts) from gone group by 1, 2, 3
on conflict (account_id, promotion_id, day) do update set
  points_hundredths = promotion_use.points_hundredths + excluded.points_hundredths,
  receipts = promotion_use.receipts + excluded.receipts;
