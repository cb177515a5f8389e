-- Applications from the cabinet and by staff (T14, T3): what they came by, how consent was given, who will use the number,
-- which fields a clerk changed; and old ones, which are forgotten.

alter table sim_order
  -- The form that was sent: pressed twice it is one, and what was ordered by it together stands together.
  add column request_id uuid,
  add column request_place smallint check (request_place between 1 and 5),
  -- Who will use the number, where that is not the customer: a proposal for the hand-over.
  add column used_by text check (length(btrim(used_by)) between 1 and 120),
  -- By a box on the form, by an earlier consent to the same text, or told to a clerk.
  add column consent_means text not null default 'form' check (consent_means in ('form', 'earlier', 'voice', 'paper')),
  -- The link that messages carry; the first one, which has the order's own id, where it is null.
  add column link_id uuid references sim_order_link,
  -- When names, phones and words went out of it.
  add column forgotten_at timestamptz,
  add constraint sim_order_request_check check ((request_id is null) = (request_place is null));
create unique index sim_order_request_idx on sim_order (request_id, request_place) where request_id is not null;
create index sim_order_kept_idx on sim_order (closed_at, id) where closed_at is not null and forgotten_at is null;

-- Names of columns, never what stands in them.
alter table sim_order_event add column fields text[] check (cardinality(fields) > 0),
  add constraint sim_order_event_changed_check check (fields is null or kind = 'changed');

alter table consent drop constraint consent_kind_check,
  add constraint consent_kind_check check (kind in ('personal_data', 'programme_rules', 'mailings', 'order'));
