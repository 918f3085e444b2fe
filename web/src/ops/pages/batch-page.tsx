import { useState } from 'react';
import { type BatchJobView, startBatchJob } from '../../api/batch.js';
import { controlPath } from '../../api/control.js';
import { ApiError } from '../../api/http.js';
import { useSession } from '../../session/session-context.js';
import { BatchTable } from '../batch/batch-table.js';
import type { Topic } from '../live/live-events.js';
import { FileDrop } from '../parts/file-drop.js';
import { Page } from '../parts/page.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['batch'];

/** Whole tables predicted by the workers. */
export function BatchPage() {
  const { project } = useProject();
  const { may } = useSession();
  const pages = usePages<BatchJobView>(controlPath('predict/batch/jobs', { project, limit: 50 }), 0, topics);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [started, setStarted] = useState<string | null>(null);
  async function send(file: File) {
    setBusy(true);
    setProblem(null);
    setStarted(null);
    try {
      await startBatchJob(project, file);
      setStarted(file.name);
      pages.reload();
    } catch (error) {
      setProblem(`${file.name} was not taken: ${error instanceof ApiError ? error.message : String(error)}`);
    }
    setBusy(false);
  }
  return (
    <Page title="Batch jobs" lead="A whole table predicted by the production model, in chunks spread over the workers.">
      <section className="card">
        {may('operator') && (
          <FileDrop
            label="Drop a table here, or choose one"
            hint="CSV with a header, or one JSON object a line; up to 64 MB. A broken row is refused alone, with its reason."
            accept=".csv,.ndjson,.jsonl,text/csv"
            busy={busy}
            onFile={(file) => void send(file)}
          />
        )}
        <p role="status">{started !== null && `${started} was taken: its job has started.`}</p>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
        <BatchTable pages={pages} />
      </section>
    </Page>
  );
}
