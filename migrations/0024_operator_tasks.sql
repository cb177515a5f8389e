-- What an operator of mobile numbers must do for one of our lines (N5): asked for by files or by a clerk in the operator's own program, watched by the
-- customer, done or refused with a word and a proof.

-- How tasks reach an operator. An operator without a row is worked by clerks.
create table operator_channel (
  operator_id uuid primary key references operator,
  channel text not null check (channel in ('clerk', 'files')),
  -- From the wish to the deed, as the operator promises it.
  promise_minutes integer not null check (promise_minutes between 5 and 43200),
  revision integer not null default 1,
  changed_by uuid references staff,
  changed_at timestamptz not null,
  -- When a worker last looked into the folder, and what was in its way then: a word of ours.
  folder_at timestamptz,
  folder_fault text check (folder_fault ~ '^[a-z_]{1,40}$')
);

create table operator_task (
  id uuid primary key,
  -- What people and operators' files call it by.
  number bigint not null generated always as identity (start with 20001) unique,
  -- Two people at one task: the later one is told.
  revision integer not null default 1,
  operator_id uuid not null references operator,
  line_id uuid not null references line,
  kind text not null check (kind in ('activate', 'change_tariff', 'suspend', 'resume', 'replace_sim', 'port')),
  -- What the operator has to know, by kind (src/tasks/operator-task.ts). No personal data but the number.
  details jsonb not null,
  channel text not null check (channel in ('clerk', 'files')),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'done', 'refused', 'called_off')),
  assignee_id uuid references staff,
  -- How often it was put to the operator.
  attempts integer not null default 0 check (attempts >= 0),
  -- When somebody must look at it: as promised, and after a failed attempt when it is tried again.
  due_at timestamptz not null,
  promised_at timestamptz not null,
  created_at timestamptz not null,
  -- Since when the operator has it, this time.
  sent_at timestamptz,
  closed_at timestamptz,
  -- The operator's own number of it.
  reference text check (length(btrim(reference)) between 1 and 100),
  check ((state in ('done', 'refused', 'called_off')) = (closed_at is not null)),
  check (state <> 'waiting' or sent_at is null),
  check (state <> 'sent' or sent_at is not null)
);
-- One wish at a time: a second one would not know what it finds.
create unique index operator_task_open_line_idx on operator_task (line_id) where closed_at is null;
create index operator_task_line_idx on operator_task (line_id, created_at);
-- The desk: what is overdue has the earliest due time. Each choice of operator, kind, state and channel has a stretch of its own.
create index operator_task_open_idx on operator_task (due_at, id) where closed_at is null;
create index operator_task_open_choice_idx on operator_task (operator_id, kind, state, channel, due_at, id) where closed_at is null;
create index operator_task_open_assignee_idx on operator_task (assignee_id, due_at, id) where closed_at is null;
create index operator_task_closed_choice_idx on operator_task (operator_id, kind, state, channel, closed_at, id) where closed_at is not null;
create index operator_task_closed_assignee_idx on operator_task (assignee_id, state, closed_at, id) where closed_at is not null;
-- What goes into the next file, and how well an operator works.
create index operator_task_for_file_idx on operator_task (operator_id, due_at, id) where state = 'waiting' and channel = 'files';
create index operator_task_done_idx on operator_task (operator_id, closed_at) include (sent_at, promised_at) where state = 'done';

-- What happened to it: who, when, and what the operator said.
create table operator_task_event (
  seq bigint generated always as identity primary key,
  task_id uuid not null references operator_task,
  kind text not null check (kind in ('opened', 'assigned', 'sent', 'accepted', 'failed', 'done', 'refused', 'called_off', 'commented', 'handed_to_clerk', 'proof_added')),
  -- The operator's words, a colleague's comment.
  words text check (length(words) between 1 and 1000),
  -- When it was, as the operator says.
  said_at timestamptz,
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'system')),
  actor_id uuid,
  at timestamptz not null
);
create index operator_task_event_task_idx on operator_task_event (task_id, seq);
-- Words about a person may be erased with the person; nothing else of what happened changes.
create function keep_task_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.words is null and to_jsonb(new) - 'words' = to_jsonb(old) - 'words' then return new; end if;
  raise exception 'what happened to a task stays as it was' using errcode = 'restrict_violation';
end $$;
create trigger operator_task_event_keep before update or delete on operator_task_event for each row execute function keep_task_event();
create trigger operator_task_event_no_truncate before truncate on operator_task_event for each statement execute function forbid_change();

-- A picture or a letter of the operator that shows it was done.
create table operator_task_proof (
  id uuid primary key,
  task_id uuid not null references operator_task,
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'application/pdf')),
  bytes bytea not null check (length(bytes) <= 5 * 1024 * 1024),
  added_by uuid not null references staff,
  added_at timestamptz not null
);
create index operator_task_proof_task_idx on operator_task_proof (task_id, added_at);

-- The steps that a clerk takes in the operator's own program, to copy from; the house's words where an operator has none of its own.
create table operator_instruction (
  id uuid primary key,
  operator_id uuid references operator,
  kind text not null check (kind in ('activate', 'change_tariff', 'suspend', 'resume', 'replace_sim', 'port')),
  words text not null check (length(btrim(words)) between 1 and 2000),
  revision integer not null default 1,
  changed_by uuid references staff,
  changed_at timestamptz not null,
  unique nulls not distinct (operator_id, kind)
);

-- Files that went to an operator and came from one, kept as they were; what a file said counts once.
create table operator_file (
  id uuid primary key,
  -- What files that go out are called by.
  number bigint not null generated always as identity (start with 1001) unique,
  operator_id uuid not null references operator,
  direction text not null check (direction in ('out', 'in')),
  name text not null check (length(name) between 1 and 200),
  -- Of the contents: the same file twice is one.
  digest bytea not null,
  -- Null when somebody it tells about has had their data erased.
  bytes bytea check (length(bytes) <= 5 * 1024 * 1024),
  rows integer not null check (rows >= 0),
  -- Rows of a file that came in which could not be taken: which, and why; never what stood there.
  faults jsonb not null default '[]',
  -- Null is the folder.
  staff_id uuid references staff,
  at timestamptz not null,
  -- When it was laid into the folder or fetched by a clerk; a file that came in: when all of its rows had been gone through.
  finished_at timestamptz,
  unique (operator_id, direction, digest)
);
create index operator_file_operator_idx on operator_file (operator_id, at, id);
create index operator_file_unfinished_idx on operator_file (operator_id, direction, number) where finished_at is null;
-- Which row was about which task. A row of a file that came in stands here when it has been taken: never twice.
create table operator_file_row (
  file_id uuid not null references operator_file,
  line integer not null check (line > 0),
  task_id uuid not null references operator_task,
  primary key (file_id, line)
);
create index operator_file_row_task_idx on operator_file_row (task_id);

-- orders: what an operator says when a number is to be switched on ---------------------------------------------------------

alter table sim_order_event drop constraint sim_order_event_kind_check;
alter table sim_order_event add constraint sim_order_event_kind_check check (kind in
  ('created', 'joined', 'moved', 'assigned', 'call_set', 'commented', 'sim_reserved', 'sim_released', 'papers_issued', 'changed',
   'activation_refused', 'activation_asked'));

-- Numbers that had been handed over before there were tasks wait for theirs.
with waiting as (
  insert into operator_task (id, operator_id, line_id, kind, details, channel, due_at, promised_at, created_at)
  select gen_random_uuid(), l.operator_id, l.id, 'activate', jsonb_build_object('kind', 'activate', 'number', l.number, 'tariff', v.name),
         'clerk', now(), now(), now()
  from line l join tariff_version v on v.id = l.tariff_version_id where l.state = 'handed_over'
  returning id, created_at
)
insert into operator_task_event (task_id, kind, actor_kind, at) select id, 'opened', 'system', created_at from waiting;

-- The house's own words --------------------------------------------------------------------------------------------------

insert into operator_instruction (id, operator_id, kind, words, changed_at) values
  (gen_random_uuid(), null, 'activate', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Проверьте тариф: {тариф}.\n3. Нажмите «Активировать» и запишите номер обращения.', now()),
  (gen_random_uuid(), null, 'change_tariff', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Выберите тариф {тариф}, начало: {с какого дня}.\n3. Подтвердите и запишите номер обращения.', now()),
  (gen_random_uuid(), null, 'suspend', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Включите добровольную блокировку, последний день: {по какой день}.\n3. Запишите номер обращения.', now()),
  (gen_random_uuid(), null, 'resume', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Снимите добровольную блокировку.\n3. Запишите номер обращения.', now()),
  (gen_random_uuid(), null, 'replace_sim', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Замените SIM-карту, новый ICCID: {ICCID}.\n3. Запишите номер обращения.', now()),
  (gen_random_uuid(), null, 'port', E'Откройте кабинет дилера {оператор}.\n1. Найдите номер {номер}.\n2. Оформите перенос номера {переносимый номер} от оператора {откуда}, не раньше: {с какого дня}.\n3. Запишите номер обращения.', now());
