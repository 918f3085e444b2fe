import { useState } from 'react';
import { type UploadView, uploadData } from '../../api/datasets.js';
import { ApiError } from '../../api/http.js';
import { formatCount } from '../../shared/format.js';
import { FileDrop } from '../parts/file-drop.js';
import { CleaningReport } from './cleaning-report.js';

const MOST_MB = 64;

/** Takes a raw file, and says what the project's rules made of it or why it was refused. */
export function UploadPanel({ project, onDone }: { project: string; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [taken, setTaken] = useState<UploadView | null>(null);
  async function send(file: File) {
    setTaken(null);
    setProblem(null);
    if (file.size > MOST_MB * 1024 * 1024) {
      setProblem(`${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB, at most ${MOST_MB} MB are taken.`);
      return;
    }
    setBusy(true);
    try {
      setTaken(await uploadData(project, file));
      onDone();
    } catch (error) {
      setProblem(`${file.name} was not taken: ${error instanceof ApiError ? error.message : String(error)}`);
    }
    setBusy(false);
  }
  return (
    <>
      <FileDrop
        label="Drop a CSV file here, or choose one"
        hint={`Raw data in the project's format, up to ${MOST_MB} MB. It is checked and cleaned before it is kept; the next training reads it.`}
        accept=".csv,text/csv"
        busy={busy}
        onFile={(file) => void send(file)}
      />
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {taken !== null && (
        <section className="upload-result" role="status" aria-label="The upload">
          <h3>
            {taken.file_name} was taken: {formatCount(taken.rows)} rows are left for training
          </h3>
          <CleaningReport profile={taken.profile} />
        </section>
      )}
    </>
  );
}
