import { type ReactNode, useId, useRef, useState } from 'react';
import type { Role } from '../../api/access.js';
import { ApiError } from '../../api/http.js';
import { useSession } from '../../session/session-context.js';

interface ActionButtonProps {
  readonly label: string;
  readonly title: string;
  /** What will happen, in full, with the fields it needs. */
  readonly consequence: ReactNode;
  readonly confirm: string;
  readonly done: string;
  /** Asks why, for the audit log. */
  readonly asksReason?: boolean;
  /** Who may; others do not see the button. */
  readonly needs?: Role;
  /** Why it can not be done now; the button is off and says so. */
  readonly off?: string | null | undefined;
  /** Before the dialog is shown: fields begin anew here. */
  readonly onOpen?: () => void;
  readonly act: (reason: string) => Promise<unknown>;
  readonly onDone?: () => void;
}

/** A button whose act is done only after a dialog has said what it will do. */
export function ActionButton({
  label,
  title,
  consequence,
  confirm,
  done,
  asksReason = false,
  needs = 'operator',
  off,
  onOpen,
  act,
  onDone,
}: ActionButtonProps) {
  const { may } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [reason, setReason] = useState('');
  const reasonId = useId();
  const offId = useId();
  const [error, setError] = useState<string | null>(null);
  async function run() {
    if (asksReason && reason.trim() === '') {
      setError('Say why: the audit log keeps it.');
      return;
    }
    setState('busy');
    setError(null);
    try {
      await act(reason.trim());
      setState('done');
      dialog.current?.close();
      onDone?.();
    } catch (failure) {
      setState('idle');
      setError(failure instanceof ApiError ? failure.message : String(failure));
    }
  }
  if (!may(needs)) return null;
  function open() {
    setError(null);
    setReason('');
    setState('idle');
    onOpen?.();
    dialog.current?.showModal();
  }
  return (
    <div className="action">
      <button type="button" onClick={open} disabled={off != null} aria-describedby={off == null ? undefined : offId}>
        {label}
      </button>
      {off != null && (
        <span id={offId} className="hint">
          {off}
        </span>
      )}
      <span role="status">{state === 'done' && done}</span>
      <dialog ref={dialog} aria-label={title}>
        <h2>{title}</h2>
        <div className="dialog-text">{consequence}</div>
        {asksReason && (
          <label htmlFor={reasonId} className="labelled">
            Why?
            <input
              id={reasonId}
              type="text"
              maxLength={500}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
          </label>
        )}
        {error !== null && (
          <p role="alert" className="problem">
            {error}
          </p>
        )}
        <footer>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" className="primary" disabled={state === 'busy'} onClick={() => void run()}>
            {confirm}
          </button>
        </footer>
      </dialog>
    </div>
  );
}
