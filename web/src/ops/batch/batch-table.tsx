import { type BatchJobView, batchFile, cancelBatchJob } from '../../api/batch.js';
import { formatCount, formatShare } from '../../shared/format.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import type { Pages } from '../parts/use-pages.js';

function Files({ job }: { job: BatchJobView }) {
  if (job.state === 'running' || job.state === 'queued') {
    return (
      <label className="training-bar">
        <span>{formatShare(job.progress)}</span>
        <progress max={1} value={job.progress} />
      </label>
    );
  }
  if (job.state !== 'succeeded') return <>{job.error ?? '–'}</>;
  return (
    <span className="actions">
      {job.result_key !== null && (
        <a href={batchFile(job.job_id, 'result')} download>
          Predictions
        </a>
      )}
      {job.errors_key !== null && job.refused_rows > 0 && (
        <a href={batchFile(job.job_id, 'errors')} download>
          Refused rows
        </a>
      )}
    </span>
  );
}

/** Tables that were predicted whole. */
export function BatchTable({ pages }: { pages: Pages<BatchJobView> }) {
  return (
    <PagedTable
      what="Batch jobs"
      pages={pages}
      rowKey={({ job_id: id }) => id}
      empty="No table was predicted yet. Drop one above; its predictions can be downloaded here."
      columns={[
        { name: 'Job', cell: ({ job_id: id }) => <code title={id}>{id.slice(-12)}</code> },
        { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
        { name: 'Model', cell: ({ model_version: version }) => version ?? '–' },
        { name: 'Rows', numeric: true, cell: ({ rows }) => (rows === null ? '–' : formatCount(rows)) },
        { name: 'Refused', numeric: true, cell: ({ refused_rows: refused }) => formatCount(refused) },
        { name: 'Result', cell: (job) => <Files job={job} /> },
        { name: 'By', cell: ({ actor }) => actor ?? '–' },
        { name: 'Started', cell: ({ created_at: at }) => <Moment at={at} dated /> },
        {
          name: 'Change',
          cell: ({ job_id: id, state }) =>
            (state === 'running' || state === 'queued') && (
              <ActionButton
                label="Cancel …"
                title="Cancel this job?"
                consequence={<p>It stops within seconds, and what was predicted so far is thrown away.</p>}
                confirm="Cancel the job"
                done="It is being cancelled."
                act={() => cancelBatchJob(id)}
                onDone={pages.reload}
              />
            ),
        },
      ]}
    />
  );
}
