-- People who sign in to the control API, their sessions, and the keys of services. Secrets are kept as hashes only.
create table accounts (
  name          text primary key,
  password_hash text not null,
  role          text not null check (role in ('viewer', 'operator', 'approver', 'admin')),
  disabled      boolean not null default false,
  failed_logins integer not null default 0,
  locked_until  timestamptz,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);

create table sessions (
  token_hash   text primary key,
  account_name text not null references accounts (name) on delete cascade,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null
);
create index sessions_of_account on sessions (account_name);

create table api_keys (
  id                  text primary key,
  name                text not null,
  secret_hash         text not null,
  role                text not null check (role in ('viewer', 'operator', 'approver', 'admin')),
  -- such as {models:read,training:write}; null = everything the role may do
  scopes              text[],
  requests_per_minute integer check (requests_per_minute > 0),
  created_by          text not null,
  created_at          timestamptz not null default now(),
  expires_at          timestamptz,
  revoked_at          timestamptz,
  last_used_at        timestamptz
);
create index api_keys_by_time on api_keys (created_at, id);

-- What was answered to a request with an Idempotency-Key; status is null while the first one is under way.
create table idempotency_keys (
  caller       text not null,
  key          text not null,
  request_hash text not null,
  status       integer,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (caller, key)
);
create index idempotency_keys_by_time on idempotency_keys (created_at);
