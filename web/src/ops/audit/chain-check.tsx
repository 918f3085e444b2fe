import { useState } from 'react';
import { controlPath } from '../../api/control.js';
import { ApiError, requestJson } from '../../api/http.js';
import { HelpLink } from '../../help/help-link.js';
import { useSession } from '../../session/session-context.js';
import { formatCount } from '../../shared/format.js';

interface Verification {
  readonly rows: number;
  readonly unchained: number;
  readonly head: string;
  readonly findings: readonly { readonly kind: string; readonly sequence: number | null; readonly message: string }[];
}

function Outcome({ found: { rows, findings, head } }: { found: Verification }) {
  if (findings.length === 0) {
    return (
      <p className="notice-good">
        The chain of {formatCount(rows)} entries is whole. Its head, to be kept elsewhere: <code>{head}</code>
      </p>
    );
  }
  return (
    <div className="notice">
      <ul>
        {findings.map(({ kind, sequence, message }) => (
          <li key={`${kind} ${sequence}`}>
            {sequence === null ? '' : `Entry ${sequence}: `}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether the log is what was written. */
export function ChainCheck() {
  const { may } = useSession();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Verification | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (!may('admin')) return null;
  async function check() {
    setBusy(true);
    setProblem(null);
    try {
      setFound(await requestJson(controlPath('audit/verification')));
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
    setBusy(false);
  }
  return (
    <section className="card">
      <header className="card-heading">
        <h2>
          Is the log whole? <HelpLink topic="audit" />
        </h2>
        <button type="button" disabled={busy} onClick={() => void check()}>
          {busy ? 'Checking …' : 'Check the chain'}
        </button>
      </header>
      <div role="status">{found !== null && <Outcome found={found} />}</div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </section>
  );
}
