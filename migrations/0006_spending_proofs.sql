-- Proofs for spending: a phone that shows rotating codes, and what was proved with already.

create table spending_device (
  id uuid primary key,
  -- Stands in the QR code, so that a look-up needs to try one secret only.
  short_id text not null unique check (short_id ~ '^[0-9A-Z]{6}$'),
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 64),
  -- Encrypted with a key of the installation: a stolen table makes no codes.
  secret_sealed bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index spending_device_customer_idx on spending_device (customer_id) where revoked_at is null;

-- A code spends once: whoever saw it over the owner's shoulder comes too late.
create table spent_proof (
  proof text primary key,
  purchase_id uuid not null references purchase,
  used_at timestamptz not null
);
create index spent_proof_used_idx on spent_proof (used_at);
