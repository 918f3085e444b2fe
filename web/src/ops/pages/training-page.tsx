import { useState } from 'react';
import { startTraining } from '../../api/training.js';
import { replaceAddress, useAddress } from '../../shared/navigation.js';
import { ActionButton } from '../parts/action-button.js';
import { Page } from '../parts/page.js';
import { Empty } from '../parts/states.js';
import { useProject } from '../parts/use-project.js';
import { RunTable } from '../training/run-table.js';
import { TrainingProgress } from '../training/training-progress.js';
import { TrialTable } from '../training/trial-table.js';

/** Starts the training of a candidate and follows it. */
export function TrainingPage() {
  const { project, href } = useProject();
  const { query } = useAddress();
  const job = query.get('job');
  const [seed, setSeed] = useState('');
  const [reason, setReason] = useState('');
  async function start() {
    if (!/^\d{0,9}$/.test(seed.trim())) throw new Error('The seed is a whole number, or empty.');
    const { job_id: id } = await startTraining(project, {
      ...(seed.trim() === '' ? {} : { random_state: Number(seed) }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
    // in the address, so that a reload goes on following it
    replaceAddress(href(`/ops/training?job=${encodeURIComponent(id)}`));
    window.dispatchEvent(new PopStateEvent('popstate'));
  }
  return (
    <Page
      title="Training"
      lead="Trains a candidate on the newest data. The weekly schedule does the same by itself."
      actions={
        <ActionButton
          label="Start training …"
          title={`Train a candidate for ${project}?`}
          consequence={
            <div className="settings-form">
              <p>
                The newest data is cleaned and stored as a new training file, trials look for good hyperparameters, and
                a candidate that passes the gates takes its share of the traffic. This takes some minutes; production
                goes on as it is.
              </p>
              <label className="labelled">
                Seed (empty: as for every training)
                <input type="text" inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
              </label>
              <label className="labelled">
                Reason, for the audit log
                <input type="text" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
              </label>
            </div>
          }
          confirm="Start training"
          done="Training has started."
          act={start}
        />
      }
    >
      {job === null ? (
        <Empty>No training is followed here. Start one, or look at Schedules for the next.</Empty>
      ) : (
        <TrainingProgress key={job} jobId={job} />
      )}
      <section className="card">
        <h2>Runs</h2>
        <RunTable key={job} project={project} />
      </section>
      <section className="card">
        <h2>Trials</h2>
        <TrialTable project={project} />
      </section>
    </Page>
  );
}
