import { controlPath, type TrainingStatus } from '../../api/control.js';
import { formatShare } from '../../shared/format.js';
import { FigureList } from '../parts/figure-list.js';
import { ModelMetrics } from '../parts/model-metrics.js';
import { StateBadge } from '../parts/state-badge.js';
import { Loaded } from '../parts/states.js';
import { TemporalLink } from '../parts/temporal-link.js';
import { useControl } from '../parts/use-control.js';

const REFRESH_MS = 1500;

/** A training as it runs. */
export function TrainingProgress({ jobId }: { jobId: string }) {
  const status = useControl<TrainingStatus>(controlPath(`training/status/${encodeURIComponent(jobId)}`), REFRESH_MS);
  return (
    <Loaded what="The training" resource={status}>
      {({ status: state, stage, outcome, progress, version, dataset_number: dataset, message, error, metrics }) => (
        <section className="card training" aria-live="polite">
          <FigureList
            figures={[
              { name: 'State', value: <StateBadge state={state} />, hint: outcome ?? stage ?? undefined },
              { name: 'Version', value: version ?? 'not numbered yet' },
              { name: 'Data', value: dataset == null ? 'not taken yet' : `train_V${dataset}.csv` },
              { name: 'Measures', value: <ModelMetrics metrics={metrics ?? undefined} /> },
              { name: 'History', value: <TemporalLink kind="workflows" id={jobId} /> },
            ]}
          />
          {typeof progress === 'number' && (
            <label className="training-bar">
              <span>{formatShare(progress)} done</span>
              <progress max={1} value={progress} />
            </label>
          )}
          {message != null && <p>{message}</p>}
          {error != null && (
            <p role="alert" className="problem">
              {error}
            </p>
          )}
        </section>
      )}
    </Loaded>
  );
}
