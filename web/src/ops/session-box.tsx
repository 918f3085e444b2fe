import { useSession } from '../session/session-context.js';

/** Who is signed in, and the way out; nothing where nobody has to sign in. */
export function SessionBox() {
  const { name, role, access_control: guarded, kind, leave } = useSession();
  if (!guarded) return null;
  return (
    <div className="session-box">
      <span>
        {name.replace(/^user:/, '')} <span className="hint">{role}</span>
      </span>
      {kind === 'user' && (
        <button type="button" className="quiet" onClick={() => void leave()}>
          Sign out
        </button>
      )}
    </div>
  );
}
