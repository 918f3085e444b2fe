-- Latencies of an experiment's answered requests as counts of log-spaced buckets (core/experiment/latency-buckets.ts): a
-- quantile is read from some hundred rows, however many requests there were. Written with the predictions.
create table experiment_latency (
  experiment_id bigint not null,
  variant       text not null check (variant in ('production', 'candidate')),
  bucket        smallint not null,
  requests      bigint not null,
  primary key (experiment_id, variant, bucket)
);
