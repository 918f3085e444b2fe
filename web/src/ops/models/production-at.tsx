import { type FormEvent, useState } from 'react';
import { controlPath } from '../../api/control.js';
import { ApiError, requestJson } from '../../api/http.js';
import type { DeploymentView } from '../../api/performance.js';
import { HelpLink } from '../../help/help-link.js';
import { formatTime } from '../../shared/format.js';

/** Which model was in production at a time. */
export function ProductionAt({ project }: { project: string }) {
  const [at, setAt] = useState('');
  const [found, setFound] = useState<DeploymentView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function ask(event: FormEvent) {
    event.preventDefault();
    setFound(null);
    setProblem(null);
    const time = new Date(at);
    if (at === '' || Number.isNaN(time.getTime())) {
      setProblem('Give a day and a time.');
      return;
    }
    try {
      setFound(await requestJson(controlPath('production', { project, at: time.toISOString() })));
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
  }
  return (
    <section className="card">
      <h2>
        Which was in production at … <HelpLink topic="production" />
      </h2>
      <form className="filters" onSubmit={(event) => void ask(event)} noValidate>
        <label className="labelled">
          Day and time, here
          <input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </label>
        <button type="submit">Ask</button>
      </form>
      <p role="status">
        {found !== null && (
          <>
            <strong>{found.version}</strong>, since {formatTime(found.created_at)}
            {found.ended_at === null ? '' : ` until ${formatTime(found.ended_at)}`}, put there by {found.actor}:{' '}
            {found.reason}
          </>
        )}
      </p>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </section>
  );
}
