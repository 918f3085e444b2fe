import { ConflictError } from '../../core/errors.js';
import { type CatalogModel, findModel } from '../postgres/model-catalog.js';
import { ensureRun } from './mirror-run.js';
import { keyed, quoted, TAG_LENGTH, type TrackingContext } from './tracking-context.js';

/** Where a version's files lie: unique to it, so MLflow's version is found again by it. */
const sourceOf = ({ bucket }: TrackingContext, model: CatalogModel) =>
  `s3://${bucket}/${model.artifactPrefix.replace(/\/$/, '')}`;

async function ensureRegistered({ client }: TrackingContext, name: string): Promise<void> {
  try {
    await client.post('registered-models/create', { name, tags: [{ key: 'incumbent.project', value: name }] });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

/** What MLflow shows beside a version. */
function tagsOf(model: CatalogModel): { key: string; value: string }[] {
  const metrics = Object.entries(model.metrics).map(([name, value]) => [`metric.${name}`, value]);
  return keyed(
    {
      'incumbent.version': model.version,
      'incumbent.state': model.state,
      'incumbent.parent': model.parentVersion,
      'incumbent.dataset': model.datasetNumber === null ? null : `train_V${model.datasetNumber}.csv`,
      'incumbent.tags': model.tags.length > 0 ? model.tags.join(' ') : null,
      'incumbent.code_revision': model.lineage.codeRevision,
      ...Object.fromEntries(metrics),
    },
    TAG_LENGTH,
  );
}

/**
 * The MLflow version of a model version, made if there is none yet, with its run.
 * @returns null for one whose training has not ended
 */
export async function ensureVersion(
  context: TrackingContext,
  project: string,
  version: string,
): Promise<string | null> {
  const model = await findModel(context.pool, project, version);
  if (model.state === 'registered') return null;
  const thing = { kind: 'model', project, subject: version } as const;
  const known = await context.outbox.link(thing);
  if (known) return known.remoteId;

  const { client, outbox } = context;
  await ensureRegistered(context, project);
  const source = sourceOf(context, model);
  const found = (await client.get('model-versions/search', {
    filter: `name = ${quoted(project)} and source_path = ${quoted(source)}`,
    max_results: '1',
  })) as { model_versions?: { version: string }[] };
  let remoteId = found.model_versions?.[0]?.version;
  if (remoteId === undefined) {
    const { runId } = model.lineage;
    const run = typeof runId === 'string' ? await ensureRun(context, runId) : null;
    const made = (await client.post('model-versions/create', {
      name: project,
      source,
      ...(run === null ? {} : { run_id: run }),
      tags: tagsOf(model),
      description: model.notes,
    })) as { model_version: { version: string } };
    remoteId = made.model_version.version;
    if (run !== null) await client.post('runs/set-tag', { run_id: run, key: 'incumbent.artifacts', value: source });
  }
  await outbox.keepLink(thing, { remoteId, metricsThrough: 0 });
  return remoteId;
}

/** Makes MLflow's version what the model version in Postgres is: state, metrics, notes. A deleted one stays, marked. */
export async function mirrorModel(context: TrackingContext, project: string, version: string): Promise<void> {
  const remote = await ensureVersion(context, project, version);
  if (remote === null) return;
  const { client } = context;
  const model = await findModel(context.pool, project, version);
  for (const tag of tagsOf(model)) {
    await client.post('model-versions/set-tag', { name: project, version: remote, ...tag });
  }
  await client.patch('model-versions/update', { name: project, version: remote, description: model.notes });
}
