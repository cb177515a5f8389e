-- The order desk: its board and lists at any size, SMS of its own words to customers, and tariffs by the words of their names.

-- Columns of the board, and lists narrowed by state and one thing more; what else they may be narrowed by is read off the index too.
create index sim_order_open_assignee_state_idx on sim_order (assignee_id, state, (coalesce(next_call_at, 'infinity')), id)
  include (operator_id, way) where closed_at is null;
create index sim_order_open_operator_state_idx on sim_order (operator_id, state, (coalesce(next_call_at, 'infinity')), id)
  include (way, assignee_id) where closed_at is null;
create index sim_order_open_way_state_idx on sim_order (way, state, (coalesce(next_call_at, 'infinity')), id) where closed_at is null;
create index sim_order_open_way_idx on sim_order (way, (coalesce(next_call_at, 'infinity')), id) where closed_at is null;

-- The search box finds a tariff by the beginning of any word of its name, «ё» or not.
create index tariff_version_words_idx on tariff_version using gin (to_tsvector('simple', translate(lower(name), 'ё', 'е')));

-- What the desk writes to customers. A change is a new revision; one that is retired is offered no more.
create table order_sms_template (
  id uuid primary key,
  template_id uuid not null,
  revision integer not null check (revision > 0),
  title text not null check (length(btrim(title)) between 1 and 60),
  body text not null check (length(btrim(body)) between 1 and 300),
  retired boolean not null default false,
  -- Null for those that came with the product.
  created_by uuid references staff,
  created_at timestamptz not null,
  unique (template_id, revision)
);
create trigger order_sms_template_append_only before update or delete on order_sms_template for each row execute function forbid_change();
create trigger order_sms_template_no_truncate before truncate on order_sms_template for each statement execute function forbid_change();

insert into order_sms_template (id, template_id, revision, title, body, created_at) values
('0190a000-0000-7000-8000-000000000201', '0190a000-0000-7000-8000-000000000201', 1, 'Не дозвонились',
 'Заявка № {номер заявки}: звонили вам, но не застали. Перезвоните нам, пожалуйста. {ссылка}', now()),
('0190a000-0000-7000-8000-000000000202', '0190a000-0000-7000-8000-000000000202', 1, 'Подтвердите адрес',
 'Заявка № {номер заявки}: подтвердите адрес доставки, и мы отправим SIM-карту. Позвоните нам. {ссылка}', now()),
('0190a000-0000-7000-8000-000000000203', '0190a000-0000-7000-8000-000000000203', 1, 'Документы не подошли',
 'Заявка № {номер заявки}: документы не подошли. Позвоните нам, подскажем, какие нужны. {ссылка}', now()),
('0190a000-0000-7000-8000-000000000204', '0190a000-0000-7000-8000-000000000204', 1, 'Ждём в офисе',
 '{имя}, SIM-карта на тариф «{тариф}» ждёт вас: {офис}. Возьмите паспорт.', now());

alter table sim_order_event drop constraint sim_order_event_kind_check;
alter table sim_order_event add constraint sim_order_event_kind_check check (kind in
  ('created', 'joined', 'moved', 'assigned', 'call_set', 'commented', 'sim_reserved', 'sim_released', 'papers_issued', 'changed',
   'activation_refused', 'activation_asked', 'sms_sent'));
