-- Processes keep the limits that block in their memory too, as they keep promotions: a change of either raises the one
-- number that every batch of purchases looks at.
create trigger velocity_limit_new_edition after insert or update or delete on velocity_limit
  for each statement execute function new_promotion_edition();
