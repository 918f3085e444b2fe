-- Who is told of what the loop does, besides the receivers that the environment names.
create table notification_channels (
  id         bigint generated always as identity primary key,
  project    text not null,
  name       text not null,
  kind       text not null check (kind in ('slack', 'email', 'webhook')),
  -- an address of a webhook, whose path may hold a secret, or mail addresses by commas
  target     text not null,
  -- signs the messages of a webhook; never shown again
  secret     text,
  -- kinds of events; empty: all of them
  events     text[] not null default '{}',
  enabled    boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (kind <> 'webhook' or secret is not null),
  unique (project, name)
);
create index notification_channels_by_time on notification_channels (project, created_at, id);

-- One row for each message and channel: what was sent, and what became of it.
create table notification_deliveries (
  id           bigint generated always as identity primary key,
  event_id     text not null,
  project      text not null,
  kind         text not null,
  -- a row of notification_channels by id, or a receiver of the environment by name
  channel_id   bigint references notification_channels on delete set null,
  channel      text not null,
  channel_kind text not null check (channel_kind in ('slack', 'email', 'webhook')),
  notification jsonb not null,
  state        text not null default 'pending' check (state in ('pending', 'sent', 'failed')),
  attempts     integer not null default 0,
  last_error   text,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz,
  unique (event_id, channel)
);
create index notification_deliveries_by_time on notification_deliveries (project, created_at, id);
