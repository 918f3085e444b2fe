-- What people want to be told about, and what was told last.
create table alert_rules (
  id             bigint generated always as identity primary key,
  project        text not null,
  name           text not null,
  metric         text not null check (metric in ('drift_score', 'mean_rating', 'mean_absolute_error', 'p95_latency_ms', 'requests')),
  comparison     text not null check (comparison in ('above', 'below')),
  threshold      double precision not null,
  window_minutes integer not null check (window_minutes between 1 and 10080),
  -- its path may hold a secret: it is never shown again
  webhook_url    text not null,
  enabled        boolean not null default true,
  state          text not null default 'ok' check (state in ('ok', 'firing')),
  told_state     text not null default 'ok' check (told_state in ('ok', 'firing')),
  value          double precision,
  last_error     text,
  changed_at     timestamptz,
  checked_at     timestamptz,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  unique (project, name)
);
create index alert_rules_by_time on alert_rules (project, created_at, id);
