-- What people write on a model version.
alter table model_versions
  add column notes text not null default '',
  add column tags  text[] not null default '{}';

-- Raw training files that people uploaded; the latest one that stands is what the next training reads.
create table dataset_uploads (
  id           bigint generated always as identity primary key,
  project      text not null,
  key          text not null,
  file_name    text not null,
  bytes        bigint not null,
  sha256       text not null,
  raw_rows     integer not null,
  rows         integer not null,
  profile      jsonb not null,
  actor        text not null,
  created_at   timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index dataset_uploads_by_time on dataset_uploads (project, created_at, id);
create index model_versions_by_dataset on model_versions (project, dataset_number);
create index model_versions_by_parent on model_versions (project, parent_version);
