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

-- Experiments on whatever is served elsewhere: variants are names, who sees which is asked for, what happened is told.
create table ab_tests (
  id             bigint generated always as identity primary key,
  project        text not null,
  name           text not null,
  metric         text not null check (metric in ('score', 'rating', 'accuracy', 'latency', 'error_rate')),
  rule           jsonb not null,
  control        text not null,
  -- [{"name": …, "percent": …}, …]; everybody else sees the control
  treatments     jsonb not null,
  expected_users integer not null,
  state          text not null default 'running' check (state in ('running', 'decided', 'expired', 'stopped')),
  winner         text,
  reason         text,
  created_by     text not null,
  started_at     timestamptz not null default now(),
  ended_at       timestamptz
);
create unique index ab_tests_one_open on ab_tests (project, name) where ended_at is null;
create index ab_tests_by_time on ab_tests (project, started_at, id);

create table ab_test_users (
  ab_test_id          bigint not null references ab_tests (id),
  variant             text not null,
  user_id             text not null,
  requests            integer not null default 0,
  latency_ms_sum      double precision not null default 0,
  latency_score_sum   double precision not null default 0,
  ratings             integer not null default 0,
  rating_sum          double precision not null default 0,
  rating_square_sum   double precision not null default 0,
  accuracies          integer not null default 0,
  accuracy_sum        double precision not null default 0,
  accuracy_square_sum double precision not null default 0,
  errors              integer not null default 0,
  primary key (ab_test_id, variant, user_id)
);

create table ab_test_looks (
  id              bigint generated always as identity primary key,
  ab_test_id      bigint not null references ab_tests (id),
  winner          text,
  -- name, both verdicts and their numbers for each treatment
  decisions       jsonb not null,
  looked_at       timestamptz not null default now(),
  idempotency_key text not null unique
);
create index ab_test_looks_by_time on ab_test_looks (ab_test_id, looked_at, id);
