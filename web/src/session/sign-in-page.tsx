import { type FormEvent, useState } from 'react';
import { type SessionView, signIn } from '../api/access.js';
import { ApiError } from '../api/http.js';
import { Link } from '../shared/link.js';
import { usePageTitle } from '../shared/page-title.js';

/** Asks for name and password. */
export function SignInPage({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  usePageTitle('Sign in · Operations');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '' || password === '') {
      setProblem('Give your name and your password.');
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onSignedIn(await signIn(name.trim(), password));
    } catch (error) {
      setBusy(false);
      setPassword('');
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
  }
  return (
    <main className="sign-in">
      <form className="card" onSubmit={(event) => void submit(event)} noValidate>
        <h1>Sign in</h1>
        <p className="hint">Operations are for the people who run the models.</p>
        <label>
          Name
          <input
            type="text"
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          Password
          <input
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
        <button type="submit" className="primary" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
        <p className="hint">
          <Link href="/">To the price page</Link>
        </p>
      </form>
    </main>
  );
}
