import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { readSession, type SessionView, signOut } from '../api/access.js';
import { ApiError, SIGNED_OUT, sessionEvents, setCsrfToken } from '../api/http.js';
import { reaches, type Session, SessionContext } from './session-context.js';
import { SignInPage } from './sign-in-page.js';

type State = 'asking' | 'signed out' | SessionView | ApiError;

/**
 * Shows its children to who is signed in, or where no signing in is asked for. To everybody else it shows the form in
 * their place, so that the address stays and the page that was wanted comes after it.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>('asking');
  const [round, setRound] = useState(0);

  function enter(session: SessionView): void {
    setCsrfToken(session.csrf_token);
    setState(session);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const controller = new AbortController();
    readSession(controller.signal).then(enter, (reason: unknown) => {
      if (controller.signal.aborted) return;
      const error = reason instanceof ApiError ? reason : new ApiError(0, String(reason));
      setState(error.status === 401 ? 'signed out' : error);
    });
    return () => controller.abort();
  }, [round]);

  useEffect(() => {
    const forget = () => {
      setCsrfToken(null);
      setState('signed out');
    };
    sessionEvents.addEventListener(SIGNED_OUT, forget);
    return () => sessionEvents.removeEventListener(SIGNED_OUT, forget);
  }, []);

  const session = useMemo((): Session | null => {
    if (typeof state === 'string' || state instanceof ApiError) return null;
    return {
      ...state,
      may: (needed) => reaches(state.role, needed),
      async leave() {
        await signOut();
        sessionEvents.dispatchEvent(new Event(SIGNED_OUT));
      },
    };
  }, [state]);

  if (session !== null) return <SessionContext value={session}>{children}</SessionContext>;
  if (state === 'signed out') return <SignInPage onSignedIn={enter} />;
  if (state instanceof ApiError) {
    return (
      <main className="page-loading">
        <div className="notice" role="alert">
          <p>
            <strong>Operations could not be opened.</strong> {state.message}
          </p>
          <button
            type="button"
            onClick={() => {
              setState('asking');
              setRound((n) => n + 1);
            }}
          >
            Try again
          </button>
        </div>
      </main>
    );
  }
  return <p className="page-loading">Loading …</p>;
}
