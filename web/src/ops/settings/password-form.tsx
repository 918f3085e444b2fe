import { type FormEvent, useState } from 'react';
import { changePassword } from '../../api/access.js';
import { ApiError, SIGNED_OUT, sessionEvents } from '../../api/http.js';

const LEAST = 12;

/** Changes one's own password; all sessions end with it. */
export function PasswordForm() {
  const [present, setPresent] = useState('');
  const [replacement, setReplacement] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (replacement.length < LEAST) {
      setProblem(`The new password needs at least ${LEAST} characters, it has ${replacement.length}.`);
      return;
    }
    setProblem(null);
    try {
      await changePassword(present, replacement);
      sessionEvents.dispatchEvent(new Event(SIGNED_OUT));
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
  }
  return (
    <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
      <label className="labelled">
        Present password
        <input
          type="password"
          autoComplete="current-password"
          value={present}
          onChange={(event) => setPresent(event.target.value)}
        />
      </label>
      <label className="labelled">
        New password, at least {LEAST} characters
        <input
          type="password"
          autoComplete="new-password"
          value={replacement}
          onChange={(event) => setReplacement(event.target.value)}
        />
      </label>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <div>
        <button type="submit">Change password</button>
        <p className="hint">All your sessions end with it; sign in again with the new one.</p>
      </div>
    </form>
  );
}
