import type { ClientBase, Pool } from 'pg';

export interface Scale {
  readonly models: number;
  readonly decisions: number;
  readonly predictions: number;
}

const DAYS = 30;

/** Decisions as the loop writes them, all alike: what counts is how many there are and how large. */
function evaluation(): unknown {
  const moments = { rr: 1, rm: 1, mm: 1, ll: 1, ln: 1, nn: 1, rl: 1, rn: 1, ml: 1, mn: 1 };
  const variant = {
    users: 100,
    requests: 400,
    errors: 1,
    latencyMsSum: 4000,
    latencyScoreSum: 390,
    ratings: 60,
    ratingSum: 220,
    ratingSquareSum: 900,
    ratingCounts: [5, 10, 15, 15, 15],
    latencyP95Ms: 20,
    moments,
  };
  const policy = {
    verdict: 'continue_testing',
    reason: 'neither line was reached',
    numbers: { productionScore: 0.7, candidateScore: 0.71 },
  };
  return {
    policy: 'rule',
    verdict: 'continue_testing',
    action: 'none',
    reason: policy.reason,
    rule: { ...policy, policy: 'rule' },
    evidence: {
      ...policy,
      policy: 'evidence',
      stage: 'running',
      needed: null,
      running: { pValue: 1, sampleRatioPValue: 1 },
    },
    summary: { production: variant, candidate: variant, usersInBoth: 0 },
  };
}

/** Tables with millions of rows, which are written without a log and get their indexes when they are full. */
const LARGE = ['predictions', 'decisions'];

/** Takes the indexes that no constraint needs from a table. @returns the statements that make them again */
async function dropIndexes(client: ClientBase, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  // of a partitioned table it names the table alone: they are wanted on its partitions
  return rows.map(({ definition }) => definition.replace(' ON ONLY ', ' ON '));
}

const models = `
  insert into model_versions (project, version, kind, number, state, artifact_prefix, parent_version, metrics, created_at, idempotency_key)
    select $1::text, 'CO' || i, 'CO', i, (array['retired', 'rejected', 'deleted'])[1 + i % 3], 'bench_CO' || i || '/', 'BO1',
      '{"mae": 18.5, "rmse": 40.1, "r2": 0.83, "mape": 0.2}', now() - make_interval(mins => $2::int - i), 'm' || i
    from generate_series(1, $2::int) i`;

const predictions = `
  insert into predictions (id, project, model_version, variant, user_id, input, prediction, latency_ms, created_at)
    select i, $1::text, 'BO1', 'production', 'u' || i % 50000, '{"total_sqft": 1200, "location": "Whitefield", "bhk": 2, "bath": 2}',
      80 + i % 40, 5 + i % 30, now() - make_interval(secs => i * $3::float8 / $2::int) from generate_series(1, $2::int) i`;

const decisions = `
  insert into decisions (experiment_id, project, policy, verdict, reason, evaluation, decided_at, idempotency_key)
    select 1 + i % 6000, $1::text, 'rule', 'continue_testing', 'neither line was reached', $3, now() - make_interval(secs => $2::int - i), 'd' || i
    from generate_series(1, $2::int) i`;

type Statement = readonly [text: string, values: readonly unknown[]];

function pastOf(project: string, rule: unknown, count: number): Statement[] {
  return [
    [models, [project, count]],
    [
      `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
       values ($1, 'BO1', 'BO', 1, 'production', 'bench_BO1/', 'bo1')`,
      [project],
    ],
    ["insert into slots (project, slot, version) values ($1, 'production', 'BO1')", [project]],
    [
      `insert into deployments (project, slot, version, generation, reason, actor, deployed_at, ended_at)
       select $1, 'production', 'BO1', i, 'bench', 'bench', now() - make_interval(mins => 10000 - i),
         case when i < 10000 then now() - make_interval(mins => 9999 - i) end from generate_series(1, 10000) i`,
      [project],
    ],
    [
      `insert into experiments (project, production_version, candidate_version, state, candidate_weight_percent, rule, outcome, created_at, started_at, ended_at, idempotency_key)
       select $1, 'BO1', 'CO' || i, 'decided', 20, $2, 'rollback', now() - make_interval(hours => 6000 - i), now(), now(), 'e' || i
       from generate_series(1, 6000) i`,
      [project, rule],
    ],
    [
      `insert into audit (project, action, actor, subject, at, idempotency_key)
       select $1, 'deploy', 'bench', 'BO1', now() - make_interval(mins => 100000 - i), 'a' || i from generate_series(1, 100000) i`,
      [project],
    ],
  ];
}

/** A connection for statements that take longer than any of the product may. */
async function withClient<T>(pool: Pool, use: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0; set maintenance_work_mem = '1GB'; set synchronous_commit = off");
    // the rows fit together by the way they are made; and what is mirrored elsewhere was mirrored long ago
    await client.query('set session_replication_role = replica');
    return await use(client);
  } finally {
    client.release(true);
  }
}

/** Whether a database was seeded to its end. */
export async function isSeeded(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ seeded: boolean }>('select exists (select from predictions) as seeded');
  return rows[0]!.seeded;
}

/** A platform that has been running for long, made by SQL. */
export async function seed(pool: Pool, project: string, rule: unknown, scale: Scale): Promise<void> {
  const indexes = await withClient(pool, async (client) => {
    const found = await Promise.all(LARGE.map((table) => dropIndexes(client, table)));
    await client.query('alter table predictions_default set unlogged; alter table decisions set unlogged');
    return found.flat();
  });
  const insert = (...statements: Statement[]) =>
    withClient(pool, async (client) => {
      for (const [text, values] of statements) await client.query(text, [...values]);
    });
  await Promise.all([
    insert([predictions, [project, scale.predictions, DAYS * 86_400]]),
    insert(...pastOf(project, rule, scale.models), [decisions, [project, scale.decisions, evaluation()]]),
  ]);
  await withClient(pool, async (client) => {
    for (const index of indexes) await client.query(index);
    await client.query('vacuum analyze');
  });
}
