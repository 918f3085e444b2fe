import type { Pool } from 'pg';

interface LineageDataset {
  readonly number: number;
  readonly key: string;
  readonly rows: number;
  readonly sha256: string;
  /** Rows of it that people's feedback made. */
  readonly feedbackRows: number;
}

export interface ModelLineage {
  readonly dataset: LineageDataset | null;
  readonly run: { readonly id: string; readonly status: string; readonly cause: string | null } | null;
  /** Versions that were trained against it or copied from it. */
  readonly children: readonly string[];
  readonly experiments: readonly {
    readonly id: number;
    readonly role: 'production' | 'candidate';
    readonly other: string;
    readonly state: string;
    readonly outcome: string | null;
    readonly decisions: number;
  }[];
  readonly deployments: readonly {
    readonly slot: string;
    readonly deployedAt: Date;
    readonly endedAt: Date | null;
    readonly reason: string;
    readonly actor: string;
  }[];
}

const MOST = 200;

/** Where a version came from and what became of it. */
export async function readLineage(pool: Pool, project: string, version: string): Promise<ModelLineage> {
  const of = [project, version];
  const [dataset, run, children, experiments, deployments] = await Promise.all([
    pool.query<LineageDataset>(
      `select d.number, d.key, d.rows, d.sha256, (d.profile ->> 'feedbackRows')::int as "feedbackRows"
       from model_versions m join datasets d on d.project = m.project and d.number = m.dataset_number
       where m.project = $1 and m.version = $2`,
      of,
    ),
    pool.query<{ id: string; status: string; cause: string | null }>(
      `select r.id, r.status, r.parameters ->> 'cause' as cause
       from model_versions m join runs r on r.id = m.lineage ->> 'runId' where m.project = $1 and m.version = $2`,
      of,
    ),
    pool.query<{ version: string }>(
      `select version from model_versions where project = $1 and parent_version = $2 order by created_at limit ${MOST}`,
      of,
    ),
    pool.query<ModelLineage['experiments'][number]>(
      `select e.id, case when e.production_version = $2 then 'production' else 'candidate' end as role,
         case when e.production_version = $2 then e.candidate_version else e.production_version end as other,
         e.state, e.outcome, (select count(*) from decisions d where d.experiment_id = e.id) as decisions
       from experiments e where e.project = $1 and $2 in (e.production_version, e.candidate_version)
       order by e.id desc limit ${MOST}`,
      of,
    ),
    pool.query<ModelLineage['deployments'][number]>(
      `select slot, deployed_at as "deployedAt", ended_at as "endedAt", reason, actor from deployments
       where project = $1 and version = $2 order by deployed_at desc limit ${MOST}`,
      of,
    ),
  ]);
  return {
    dataset: dataset.rows[0] ?? null,
    run: run.rows[0] ?? null,
    children: children.rows.map((row) => row.version),
    experiments: experiments.rows,
    deployments: deployments.rows,
  };
}
