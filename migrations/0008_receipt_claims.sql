-- Receipts that stations upload, the claims of customers who forgot their card, and the hotline's calls.

create table receipt_upload (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 200),
  state text not null default 'checked' check (state in ('checked', 'imported')),
  -- What was read, until it is imported; then wiped: the receipts themselves are below.
  receipts jsonb,
  row_count integer not null check (row_count >= 0),
  fault_count integer not null check (fault_count >= 0),
  -- [{ row, field, code }], the first hundred.
  faults jsonb not null default '[]',
  added_count integer,
  known_count integer,
  uploaded_by uuid references staff,
  uploaded_at timestamptz not null,
  imported_at timestamptz,
  check ((state = 'imported') = (imported_at is not null)),
  check ((state = 'imported') = (added_count is not null)),
  check ((state = 'imported') = (receipts is null))
);
create index receipt_upload_at_idx on receipt_upload (uploaded_at, id);

-- A fiscal receipt is known by its storage, its document's number and its sign: uploaded twice it is one row.
create table station_receipt (
  id uuid primary key,
  upload_id uuid not null references receipt_upload,
  station_id uuid not null references station,
  terminal_id uuid not null references terminal,
  receipt_number text not null check (length(receipt_number) between 1 and 64),
  kind text not null check (kind in ('sale', 'refund')),
  occurred_at timestamptz not null,
  -- As it is printed: the station's clock, by which QR codes are compared.
  printed_at timestamp not null,
  total_kopecks bigint not null check (total_kopecks > 0),
  fiscal_storage text not null check (fiscal_storage ~ '^[0-9]{16}$'),
  fiscal_document bigint not null check (fiscal_document > 0),
  fiscal_sign bigint not null check (fiscal_sign >= 0),
  -- Of a refund: the till's number of the receipt that is given back.
  refunded_number text check (length(refunded_number) between 1 and 64),
  -- [{ category, sumKopecks }]
  lines jsonb not null,
  unique (fiscal_storage, fiscal_document, fiscal_sign),
  check (kind = 'refund' or refunded_number is null)
);
create index station_receipt_upload_idx on station_receipt (upload_id);
create index station_receipt_refund_idx on station_receipt (terminal_id, refunded_number) where kind = 'refund';
create index station_receipt_number_idx on station_receipt (terminal_id, receipt_number, occurred_at);

create table receipt_claim (
  id uuid primary key,
  customer_id uuid not null references customer,
  state text not null default 'waiting' check (state in ('waiting', 'credited', 'refused', 'expired')),
  reason text check (reason in ('not_ours', 'too_old', 'already_earned', 'refunded', 'already_claimed', 'mismatch',
                                'refund_receipt', 'no_card')),
  -- What the QR code says: local time of a station that is not known yet, perhaps without seconds.
  printed_at timestamp not null,
  has_seconds boolean not null,
  sum_kopecks bigint not null check (sum_kopecks > 0),
  fiscal_storage text not null check (fiscal_storage ~ '^[0-9]{16}$'),
  fiscal_document bigint not null check (fiscal_document > 0),
  fiscal_sign bigint not null check (fiscal_sign >= 0),
  claimed_at timestamptz not null,
  settled_at timestamptz,
  receipt_id uuid references station_receipt,
  purchase_id uuid unique references purchase,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state = 'refused') = (reason is not null)),
  check ((state = 'credited') = (purchase_id is not null)),
  check (state <> 'credited' or receipt_id is not null)
);
create index receipt_claim_customer_idx on receipt_claim (customer_id, claimed_at, id);
create index receipt_claim_waiting_idx on receipt_claim (fiscal_storage, fiscal_document) where state = 'waiting';
create index receipt_claim_due_idx on receipt_claim (claimed_at, id) where state = 'waiting';
-- Whoever claims it: a receipt is credited once.
create unique index receipt_claim_credited_idx on receipt_claim (receipt_id) where state = 'credited';
-- One customer does not wait twice for one receipt.
create unique index receipt_claim_once_idx on receipt_claim (customer_id, fiscal_storage, fiscal_document, fiscal_sign)
  where state in ('waiting', 'credited');

-- What the hotline asked to be done once: keys are the hotline's, whichever of its API keys was used.
create table ivr_call (
  key text primary key check (length(key) between 1 and 64),
  request_hash bytea not null,
  status smallint not null,
  answer text not null,
  created_at timestamptz not null default now()
);
