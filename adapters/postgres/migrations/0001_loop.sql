-- The loop's memory: versions, datasets, slots, experiments, decisions, predictions, feedback, drift, runs, audit.

-- Numbers of BO, CO and datasets are taken from here and never given out twice.
create table version_counters (
  project text not null,
  kind    text not null check (kind in ('BO', 'CO', 'dataset')),
  last    integer not null check (last > 0),
  primary key (project, kind)
);

create table datasets (
  project          text not null,
  number           integer not null,
  key              text not null unique,
  rows             integer not null,
  sha256           text not null,
  profile          jsonb not null,
  -- every actual_price feedback up to this id is in this snapshot
  feedback_through bigint not null default 0,
  created_at       timestamptz not null default now(),
  -- the workflow run that made it: a repeated activity finds its own row instead of making a second one
  idempotency_key  text not null unique,
  primary key (project, number)
);

create table model_versions (
  project         text not null,
  version         text not null,
  kind            text not null check (kind in ('BO', 'CO')),
  number          integer not null,
  state           text not null check (state in ('registered', 'staged', 'candidate', 'production', 'retired', 'rejected', 'deleted')),
  artifact_prefix text not null,
  dataset_number  integer,
  parent_version  text,
  metrics         jsonb not null default '{}',
  hyperparameters jsonb not null default '{}',
  lineage         jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  idempotency_key text not null unique,
  primary key (project, version),
  unique (project, kind, number)
);

create table experiments (
  id                       bigint generated always as identity primary key,
  project                  text not null,
  production_version       text not null,
  candidate_version        text not null,
  state                    text not null check (state in ('warming', 'shadow', 'ramping', 'running', 'paused', 'decided', 'expired', 'stopped')),
  candidate_weight_percent numeric(5, 2) not null check (candidate_weight_percent between 0 and 100),
  rule                     jsonb not null,
  expected_users           integer not null default 1000,
  outcome                  text,
  created_at               timestamptz not null default now(),
  -- the clock of the decision: users before this instant do not count
  started_at               timestamptz,
  ended_at                 timestamptz,
  idempotency_key          text not null unique
);
create unique index experiments_one_open on experiments (project) where ended_at is null;

-- What each slot should serve. `generation` grows with each change; instances report the generation they serve.
create table slots (
  project    text not null,
  slot       text not null check (slot in ('production', 'candidate')),
  version    text,
  generation bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (project, slot)
);

-- Deployments as history: who was in a slot, when, by whom and why.
create table deployments (
  id          bigint generated always as identity primary key,
  project     text not null,
  slot        text not null,
  version     text not null,
  generation  bigint not null,
  reason      text not null,
  actor       text not null,
  workflow_id text,
  deployed_at timestamptz not null default now(),
  ended_at    timestamptz
);
create unique index deployments_one_open on deployments (project, slot) where ended_at is null;
create index deployments_by_time on deployments (project, slot, deployed_at desc);

-- What the router should do. One row a project; `generation` as in slots.
create table routing (
  project                  text primary key,
  experiment_id            bigint references experiments (id),
  salt                     text not null,
  candidate_weight_percent numeric(5, 2) not null default 0,
  shadow_percent           numeric(5, 2) not null default 0,
  generation               bigint not null default 1,
  updated_at               timestamptz not null default now()
);

-- Every running inference service and router: what it serves and when it was last heard of.
create table instances (
  id         text primary key,
  project    text not null,
  role       text not null check (role in ('production', 'candidate', 'router')),
  address    text not null,
  generation bigint not null default 0,
  version    text,
  -- why the instance does not serve what its slot asks for, and the generation that this was said about
  error      text,
  refused_generation bigint,
  -- predictions that wait in the instance's spool for Postgres: until they are here, their ids are not unknown
  spooled    bigint not null default 0,
  started_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);
create index instances_by_role on instances (project, role, seen_at);

-- Prediction ids are taken from here a block at a time: block b holds b*1000 … b*1000 + 999. An id is never given twice.
create sequence prediction_id_blocks start 1;

-- One partition a UTC day, made ahead of time (adapters/postgres/prediction-partitions.ts) and dropped by the retention;
-- rows of a day without a partition land in the default one.
create table predictions (
  id               bigint not null,
  project          text not null,
  model_version    text not null,
  variant          text not null check (variant in ('production', 'candidate')),
  assigned_variant text,
  experiment_id    bigint,
  user_id          text,
  request_id       text,
  -- a copy of production's request that no user was answered with: it counts in no experiment
  shadow           boolean not null default false,
  input            jsonb not null,
  prediction       double precision not null,
  latency_ms       real not null,
  created_at       timestamptz not null,
  primary key (id, created_at)
) partition by range (created_at);
create index predictions_by_time on predictions (project, created_at desc, id desc);
create index predictions_by_user on predictions (project, user_id, created_at desc, id desc) where user_id is not null;
create index predictions_by_model on predictions (project, model_version, created_at desc, id desc);
create table predictions_default partition of predictions default;

-- What is kept of a day whose partition the retention dropped.
create table prediction_days (
  project               text not null,
  day                   date not null,
  variant               text not null,
  model_version         text not null,
  requests              bigint not null,
  users                 bigint not null,
  latency_ms_sum        double precision not null,
  prediction_sum        double precision not null,
  prediction_square_sum double precision not null,
  primary key (project, day, variant, model_version)
);

-- A batch is remembered as one row, before its first answer leaves; its rows are not stored one by one.
create table prediction_batches (
  id            bigint generated always as identity primary key,
  project       text not null,
  model_version text not null,
  variant       text not null,
  user_id       text,
  request_id    text,
  state         text not null check (state in ('running', 'succeeded', 'failed')),
  rows          bigint not null default 0,
  refused_rows  bigint not null default 0,
  started_at    timestamptz not null default now(),
  ended_at      timestamptz
);
create index prediction_batches_by_project on prediction_batches (project, id desc);

-- One row a person a variant an experiment: an evaluation reads users, not requests.
create table experiment_users (
  experiment_id     bigint not null,
  variant           text not null,
  user_id           text not null,
  requests          integer not null default 0,
  latency_ms_sum    double precision not null default 0,
  latency_score_sum double precision not null default 0,
  ratings           integer not null default 0,
  rating_sum        double precision not null default 0,
  rating_square_sum double precision not null default 0,
  -- how many ratings of 1, 2, 3, 4 and 5
  rating_counts     integer[] not null default '{0,0,0,0,0}',
  errors            integer not null default 0,
  first_seen_at     timestamptz not null default now(),
  primary key (experiment_id, variant, user_id)
);

create table feedback (
  id            bigint generated always as identity primary key,
  prediction_id bigint not null,
  project       text not null,
  type          text not null check (type in ('rating', 'accuracy', 'actual_price', 'comment')),
  value         jsonb not null,
  created_at    timestamptz not null default now(),
  -- what was predicted, from what and by whom: feedback outlives the prediction's partition
  model_version text not null,
  variant       text not null,
  prediction    double precision not null,
  input         jsonb not null,
  -- a second answer of the same type replaces the first, which stays as history
  superseded_at timestamptz
);
create unique index feedback_one_current on feedback (prediction_id, type) where superseded_at is null;
create index feedback_by_time on feedback (project, type, id);
create index feedback_by_project on feedback (project, created_at desc, id desc);

create table decisions (
  id                 bigint generated always as identity primary key,
  experiment_id      bigint not null references experiments (id),
  project            text not null,
  policy             text not null,
  verdict            text not null,
  reason             text not null,
  evaluation         jsonb not null,
  workflow_id        text,
  run_id             text,
  decided_at         timestamptz not null default now(),
  idempotency_key    text not null unique
);
create index decisions_by_experiment on decisions (experiment_id, id desc);
create index decisions_by_project on decisions (project, id desc);

create table drift_reports (
  id              bigint generated always as identity primary key,
  project         text not null,
  model_version   text not null,
  window_start    timestamptz not null,
  window_end      timestamptz not null,
  rows            integer not null,
  drifted         boolean not null,
  score           double precision,
  report          jsonb not null,
  created_at      timestamptz not null default now(),
  idempotency_key text not null unique
);
create index drift_reports_by_project on drift_reports (project, id desc);

create table runs (
  id          text primary key,
  project     text not null,
  kind        text not null,
  parent_id   text references runs (id),
  status      text not null check (status in ('running', 'succeeded', 'failed', 'cancelled')),
  parameters  jsonb not null default '{}',
  metrics     jsonb not null default '{}',
  error       text,
  started_at  timestamptz not null default now(),
  ended_at    timestamptz
);
create index runs_by_project on runs (project, started_at desc);

create table audit (
  id              bigint generated always as identity primary key,
  project         text,
  action          text not null,
  actor           text not null,
  subject         text not null,
  reason          text not null default '',
  details         jsonb not null default '{}',
  workflow_id     text,
  at              timestamptz not null default now(),
  idempotency_key text not null unique
);
create index audit_by_project on audit (project, id desc);
