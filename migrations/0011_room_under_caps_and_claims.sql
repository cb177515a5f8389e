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
