-- Tables that are predicted in chunks by several workers: one row a job, one row a finished chunk.
create table batch_jobs (
  id            text primary key,
  project       text not null,
  model_version text not null,
  input_key     text not null,
  format        text not null check (format in ('csv', 'ndjson')),
  actor         text not null,
  state         text not null default 'running' check (state in ('running', 'succeeded', 'failed', 'cancelled')),
  rows          bigint,
  chunks        integer,
  rows_done     bigint not null default 0,
  chunks_done   integer not null default 0,
  refused_rows  bigint not null default 0,
  result_key    text,
  errors_key    text,
  error         text,
  created_at    timestamptz not null default now(),
  ended_at      timestamptz
);
create index batch_jobs_by_time on batch_jobs (project, created_at, id);

create table batch_job_chunks (
  job_id  text not null references batch_jobs on delete cascade,
  chunk   integer not null,
  rows    integer not null,
  refused integer not null,
  done_at timestamptz not null default now(),
  primary key (job_id, chunk)
);
