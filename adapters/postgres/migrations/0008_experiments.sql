-- Latencies of an experiment's answered requests as counts of log-spaced buckets (core/experiment/latency-buckets.ts): a
-- quantile is read from some hundred rows, however many requests there were. Written with the predictions.
create table experiment_latency (
  experiment_id bigint not null,
  variant       text not null check (variant in ('production', 'candidate')),
  bucket        smallint not null,
  requests      bigint not null,
  primary key (experiment_id, variant, bucket)
);

-- How an experiment is conducted, and where on its way it is (core/experiment/experiment-life.ts).
alter table experiments
  add column name             text,
  -- what it is about: the score of the rule, or one metric alone
  add column metric           text not null default 'score' check (metric in ('score', 'rating', 'accuracy', 'latency', 'error_rate')),
  -- shadow and ramp as the project wanted them when it was opened
  add column path             jsonb not null default '{"ramp": []}',
  add column ramp_step        integer not null default 0,
  add column paused_from      text check (paused_from in ('shadow', 'ramping', 'running')),
  -- since when the state, or this step of the ramp, lasts
  add column phase_started_at timestamptz not null default now(),
  -- time in which the clock of the decision stood still
  add column paused_seconds   double precision not null default 0;

-- Every change of state or weight, for whoever wants to know what an experiment's counts were made under.
create table experiment_changes (
  id              bigint generated always as identity primary key,
  experiment_id   bigint not null references experiments (id),
  from_state      text not null,
  to_state        text not null,
  -- shares of users in force before and after, percent
  from_weight     numeric(5, 2) not null,
  to_weight       numeric(5, 2) not null,
  clock_restarted boolean not null,
  reason          text not null,
  actor           text not null,
  at              timestamptz not null default now(),
  idempotency_key text not null unique
);
create index experiment_changes_by_time on experiment_changes (experiment_id, at, id);

-- A promotion that waits for a person.
create table approvals (
  id                bigint generated always as identity primary key,
  project           text not null,
  experiment_id     bigint not null references experiments (id),
  candidate_version text not null,
  state             text not null check (state in ('pending', 'approved', 'rejected', 'lapsed', 'withdrawn')),
  requested_by      text not null,
  reason            text not null,
  requested_at      timestamptz not null default now(),
  expires_at        timestamptz not null,
  reminded_at       timestamptz,
  decided_by        text,
  decided_reason    text,
  decided_at        timestamptz,
  workflow_id       text not null,
  idempotency_key   text not null unique
);
create unique index approvals_one_pending on approvals (project) where state = 'pending';
create index approvals_by_time on approvals (project, requested_at, id);
