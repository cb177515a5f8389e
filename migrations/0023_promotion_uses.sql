-- Each row of promotion_use took a lock on its promotion's row through the foreign key, five times a purchase where five
-- promotions give something: all tills share those few rows. Promotions are never deleted, and that is held here instead.
create trigger promotion_no_delete before delete on promotion for each row execute function forbid_change();
create trigger promotion_no_truncate before truncate on promotion for each statement execute function forbid_change();
alter table promotion_use drop constraint promotion_use_promotion_id_fkey;
