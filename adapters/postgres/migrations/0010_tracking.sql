-- What a run tells while it goes on, and the mirror of runs and models in a tracking server.

alter table runs add column tags jsonb not null default '{}';
create index runs_by_parent on runs (parent_id, started_at, id) where parent_id is not null;

-- Metrics over steps: trees grown, trials scored, epochs.
create table run_metrics (
  id     bigint generated always as identity primary key,
  run_id text not null references runs (id),
  name   text not null,
  step   bigint not null check (step >= 0),
  value  double precision not null,
  at     timestamptz not null default clock_timestamp(),
  -- a repeated activity tells its steps again: the first telling stands
  unique (run_id, name, step)
);

-- The tracking server that follows; no row: nobody follows, and nothing is written down for it.
create table tracking_mirror (
  one    boolean primary key default true check (one),
  server text not null
);

-- What has changed since the tracking server last heard of it. A thing is here once however often it changes.
create table tracking_outbox (
  kind         text not null check (kind in ('run', 'model', 'slots')),
  project      text not null,
  subject      text not null,
  change       bigint generated always as identity,
  changed_at   timestamptz not null default now(),
  attempts     integer not null default 0,
  not_before   timestamptz not null default '-infinity',
  last_error   text,
  primary key (kind, project, subject)
);
create index tracking_outbox_by_turn on tracking_outbox (not_before, change);

-- Under which name the tracking server knows a thing.
create table tracking_links (
  kind            text not null check (kind in ('run', 'model')),
  project         text not null,
  subject         text not null,
  remote_id       text not null,
  -- run_metrics up to this id were told
  metrics_through bigint not null default 0,
  primary key (kind, project, subject)
);

create function tracking_changed(of_kind text, of_project text, of_subject text) returns void language sql as $$
  insert into tracking_outbox (kind, project, subject)
  select of_kind, of_project, of_subject where exists (select from tracking_mirror)
  on conflict (kind, project, subject) do update
    set change = default, attempts = 0, not_before = '-infinity', last_error = null
$$;

create function tracking_run_changed() returns trigger language plpgsql as $$
begin
  perform tracking_changed('run', new.project, new.id);
  return null;
end $$;
create trigger tracking_run after insert or update on runs for each row execute function tracking_run_changed();

create function tracking_metrics_told() returns trigger language plpgsql as $$
begin
  perform tracking_changed('run', r.project, r.id)
  from runs r where r.id in (select run_id from told) order by r.id;
  return null;
end $$;
create trigger tracking_metrics after insert on run_metrics referencing new table as told
  for each statement execute function tracking_metrics_told();

create function tracking_model_changed() returns trigger language plpgsql as $$
begin
  perform tracking_changed('model', new.project, new.version);
  return null;
end $$;
create trigger tracking_model after insert or update on model_versions
  for each row execute function tracking_model_changed();

create function tracking_slot_changed() returns trigger language plpgsql as $$
begin
  perform tracking_changed('slots', new.project, '');
  return null;
end $$;
create trigger tracking_slot after insert or update on slots for each row execute function tracking_slot_changed();

-- The audit log is searched by who, what and about what.
create index audit_by_action on audit (action, at, id);
create index audit_by_actor on audit (actor, at, id);
create index audit_by_subject on audit (subject, at, id);
