import { cancelTraining } from '../../api/training.js';
import { formatShare } from '../../shared/format.js';
import { ActionButton } from '../parts/action-button.js';
import { FigureList } from '../parts/figure-list.js';
import { ModelMetrics } from '../parts/model-metrics.js';
import { StateBadge } from '../parts/state-badge.js';
import { Loaded } from '../parts/states.js';
import { TemporalLink } from '../parts/temporal-link.js';
import { TrainingLog } from './training-log.js';
import { useTraining } from './use-training.js';

/** A job id is the workflow's id with its run behind a dot. */
const workflowOf = (jobId: string) => jobId.replace(/\.[^.]*$/, '');

/** A training as it runs. */
export function TrainingProgress({ jobId }: { jobId: string }) {
  const { status, lines, waiting } = useTraining(jobId);
  return (
    <Loaded what="The training" resource={status}>
      {({
        status: state,
        stage,
        outcome,
        progress,
        version,
        dataset_number: dataset,
        message,
        error,
        metrics,
        search,
      }) => (
        <>
          <section className="card training">
            <FigureList
              figures={[
                { name: 'State', value: <StateBadge state={state} />, hint: outcome ?? stage ?? undefined },
                { name: 'Version', value: version ?? 'not numbered yet' },
                { name: 'Data', value: dataset == null ? 'not taken yet' : `train_V${dataset}.csv` },
                { name: 'Measures', value: <ModelMetrics metrics={metrics ?? undefined} /> },
                { name: 'History', value: <TemporalLink kind="workflows" id={workflowOf(jobId)} /> },
              ]}
            />
            {typeof progress === 'number' && (
              <label className="training-bar">
                <span>
                  {formatShare(progress)} done{message == null ? '' : `: ${message}`}
                </span>
                <progress max={1} value={progress} />
              </label>
            )}
            {search != null && (
              <label className="training-bar">
                <span>
                  Search, round {search.round} of {search.rounds}: {search.trials} trials, {search.fits_done} of{' '}
                  {search.fits} fits
                </span>
                <progress max={search.fits} value={search.fits_done} />
              </label>
            )}
            {error != null && (
              <p role="alert" className="problem">
                {error}
              </p>
            )}
            {state === 'running' && (
              <ActionButton
                label="Cancel …"
                title="Cancel this training?"
                consequence={
                  <p>It stops within seconds, and what it has made so far is thrown away. Production goes on.</p>
                }
                confirm="Cancel the training"
                done="It is being cancelled."
                act={() => cancelTraining(jobId)}
              />
            )}
          </section>
          <TrainingLog lines={lines} waiting={waiting} />
        </>
      )}
    </Loaded>
  );
}
