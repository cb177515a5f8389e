-- Reports read the books by business time. Rows come nearly in its order, so summaries of blocks (BRIN) find a period's
-- and cost the till's path next to nothing.
create index transfer_occurred_idx on transfer using brin (occurred_at) with (pages_per_range = 32, autosummarize = on);
create index transfer_burn_idx on transfer (occurred_at) where kind = 'burn';
create index lot_expires_idx on lot using brin (expires_at) with (pages_per_range = 32, autosummarize = on);
create index lot_earned_idx on lot using brin (earned_at) with (pages_per_range = 32, autosummarize = on);
create index card_sale_sold_idx on card_sale (sold_at);
