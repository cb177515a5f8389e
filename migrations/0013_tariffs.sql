-- Operators and their tariffs. What a tariff says stands in its versions: a subscriber keeps the one they took.

create table operator (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9_]{1,30}$'),
  name text not null check (length(name) between 1 and 60),
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  -- What the numbers of its SIM cards begin with; empty where that is not known.
  iccid_prefixes text[] not null default '{}' check (array_to_string(iccid_prefixes, '') ~ '^[0-9]*$'),
  position integer not null,
  created_at timestamptz not null
);
create unique index operator_name_idx on operator (lower(name));

insert into operator (id, code, name, colour, iccid_prefixes, position, created_at) values
  ('0190a000-0000-7000-8000-000000000001', 'mts', 'МТС', '#e30611', '{8970101}', 10, now()),
  ('0190a000-0000-7000-8000-000000000002', 'megafon', 'МегаФон', '#00985f', '{8970102}', 20, now()),
  ('0190a000-0000-7000-8000-000000000003', 'beeline', 'Билайн', '#ffcc00', '{8970199}', 30, now()),
  ('0190a000-0000-7000-8000-000000000004', 't2', 'T2', '#1f2229', '{8970120}', 40, now()),
  ('0190a000-0000-7000-8000-000000000005', 'yota', 'Yota', '#00aeef', '{8970111}', 50, now()),
  ('0190a000-0000-7000-8000-000000000006', 'rostelecom', 'Ростелеком', '#7700ff', '{}', 60, now());

create table tariff (
  id uuid primary key,
  operator_id uuid not null references operator,
  -- Its address for good: links and bookmarks keep working. `compare` is another page.
  slug text not null unique check (slug ~ '^[a-z0-9]+([-_][a-z0-9]+)*$' and length(slug) <= 80 and slug <> 'compare'),
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  created_at timestamptz not null,
  archived_at timestamptz,
  check ((state = 'archived') = (archived_at is not null))
);
create index tariff_operator_idx on tariff (operator_id);

create table tariff_version (
  id uuid primary key,
  tariff_id uuid not null references tariff,
  number integer not null check (number > 0),
  state text not null default 'draft' check (state in ('draft', 'published')),
  name text not null check (length(name) between 1 and 100),
  audience text not null check (audience in ('phone', 'tablet', 'modem', 'corporate')),
  -- A corporate tariff that the operator gives to persons too.
  for_persons boolean not null default false check (audience = 'corporate' or not for_persons),
  -- Null: not known, here and below.
  region text check (length(region) between 1 and 100),
  price_kopecks bigint check (price_kopecks >= 0),
  period text not null check (period in ('day', 'week', 'month', 'year')),
  connection_fee_kopecks bigint check (connection_fee_kopecks >= 0),
  minutes_kind text not null check (minutes_kind in ('amount', 'unlimited', 'none', 'unknown')),
  minutes integer check (minutes > 0),
  traffic_kind text not null check (traffic_kind in ('amount', 'unlimited', 'none', 'unknown')),
  -- A thousandth of the gigabyte that the operator names, so that its figure is kept as it is.
  traffic_megabytes integer check (traffic_megabytes > 0),
  sms_kind text not null check (sms_kind in ('amount', 'unlimited', 'none', 'unknown')),
  sms integer check (sms > 0),
  extras text[] not null default '{}' check (cardinality(extras) <= 20),
  conditions text check (length(conditions) between 1 and 5000),
  -- New customers may take it through this day of the programme.
  last_day date,
  source text check (length(source) between 1 and 300),
  source_year integer check (source_year between 2000 and 2100),
  source_quality text check (source_quality in ('official', 'dealer', 'article', 'repo_copy')),
  origin text not null default 'staff' check (origin in ('staff', 'import', 'demo')),
  -- Two people at one draft: the later one is told.
  revision integer not null default 1,
  created_by uuid references staff,
  created_at timestamptz not null,
  -- From when it is in force; until then it may be withdrawn.
  valid_from timestamptz,
  published_by uuid references staff,
  published_at timestamptz,
  withdrawn_at timestamptz,
  unique (tariff_id, number),
  check ((minutes_kind = 'amount') = (minutes is not null)),
  check ((traffic_kind = 'amount') = (traffic_megabytes is not null)),
  check ((sms_kind = 'amount') = (sms is not null)),
  check ((state = 'published') = (valid_from is not null)),
  check ((state = 'published') = (published_at is not null)),
  check (valid_from >= published_at),
  check (withdrawn_at is null or withdrawn_at < valid_from)
);
create unique index tariff_version_draft_idx on tariff_version (tariff_id) where state = 'draft';
create index tariff_version_in_force_idx on tariff_version (tariff_id, valid_from desc, number desc)
  where state = 'published' and withdrawn_at is null;

-- What was published stays as somebody took it; all that may follow is its withdrawal before it is in force.
create function keep_tariff_version() returns trigger language plpgsql as $$
begin
  if old.state = 'draft' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and old.withdrawn_at is null
     and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
    return new;
  end if;
  raise exception 'a published tariff version stays as it is' using errcode = 'restrict_violation';
end $$;
create trigger tariff_version_keep before update or delete on tariff_version
  for each row execute function keep_tariff_version();
create trigger tariff_version_no_truncate before truncate on tariff_version
  for each statement execute function forbid_change();

-- Tariffs of a file: checked first, imported when staff say so.
create table tariff_import (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 200),
  state text not null default 'checked' check (state in ('checked', 'imported')),
  -- What was read, until it is imported; then wiped: the versions say it.
  rows jsonb,
  row_count integer not null check (row_count >= 0),
  new_count integer not null check (new_count >= 0),
  changed_count integer not null check (changed_count >= 0),
  unchanged_count integer not null check (unchanged_count >= 0),
  fault_count integer not null check (fault_count >= 0),
  -- [{ row, column, code }], the first hundred.
  faults jsonb not null default '[]',
  -- Whether what it brought is in force at once or waits as drafts.
  published boolean,
  uploaded_by uuid references staff,
  uploaded_at timestamptz not null,
  imported_at timestamptz,
  check ((state = 'imported') = (imported_at is not null)),
  check ((state = 'imported') = (published is not null)),
  check ((state = 'imported') = (rows is null))
);
create index tariff_import_at_idx on tariff_import (uploaded_at, id);
