-- Lists of the control API: every one is read by (project, time, key), so a page costs the same wherever it lies.
create index model_versions_by_time on model_versions (project, created_at, version);
create index model_versions_by_state on model_versions (project, state, created_at, version);
create index experiments_by_project on experiments (project, created_at, id);
create index decisions_by_time on decisions (project, decided_at, id);
create index decisions_by_verdict on decisions (project, verdict, decided_at, id);
create index decisions_of_experiment on decisions (experiment_id, decided_at, id);
create index drift_reports_by_time on drift_reports (project, created_at, id);
create index runs_by_time on runs (project, started_at, id);
create index audit_by_time on audit (at, id);
create index audit_of_project on audit (project, at, id);
create index datasets_by_time on datasets (project, created_at, number);
create index deployments_of_project on deployments (project, deployed_at, id);
