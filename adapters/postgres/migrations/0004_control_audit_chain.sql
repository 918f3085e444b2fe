-- The audit log as a chain: each row carries the hash of the one before, so a changed, removed or reordered row shows.
alter table audit add column sequence bigint unique, add column previous_hash text, add column hash text;

-- The end of the chain; its one row is locked by every append, so that rows follow one another.
create table audit_head (
  one   boolean primary key default true check (one),
  count bigint not null,
  hash  text not null
);
insert into audit_head (count, hash) values (0, repeat('0', 64));
