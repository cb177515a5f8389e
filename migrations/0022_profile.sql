-- The owner of a cabinet: what is open, and the contact phone as it changes.

create index customer_session_owner_idx on customer_session ((sess->>'ownerId'));
