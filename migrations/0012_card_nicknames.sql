-- How a customer calls a card of theirs, so that several are told apart.
alter table card
  add column nickname text,
  add constraint card_nickname_check check (length(nickname) between 1 and 40 and nickname !~ '[[:cntrl:]]'),
  add constraint card_nickname_owned_check check (nickname is null or customer_id is not null);
