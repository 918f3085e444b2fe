-- The indexes of predictions are kept in every commit of the prediction path, so each has to be worth it.

-- Ascending: rows arrive in the order of time, so each one goes to the last page, which is at hand; read backwards.
drop index predictions_by_time;
create index predictions_by_time on predictions (project, created_at, id);

-- A user belongs to one project, nearly always.
drop index predictions_by_user;
create index predictions_by_user on predictions (user_id, created_at) where user_id is not null;

-- A version answers for a stretch of time and then never again: the ranges of pages that hold it are enough to know.
drop index predictions_by_model;
create index predictions_by_model on predictions using brin (project, model_version) with (pages_per_range = 32, autosummarize = on);

-- The counts of a user change with every request; room on the page keeps such a change off the index.
alter table experiment_users set (fillfactor = 70);

-- Each connection that writes counts in rows of its own, or commits would wait for each other; readers add them up.
alter table experiment_latency add column writer smallint not null default 0;
alter table experiment_latency drop constraint experiment_latency_pkey;
alter table experiment_latency add primary key (experiment_id, variant, bucket, writer);
