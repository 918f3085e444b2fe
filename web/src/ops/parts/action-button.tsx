import { type ReactNode, useRef, useState } from 'react';
import { ApiError } from '../../api/http.js';

interface ActionButtonProps {
  readonly label: string;
  readonly title: string;
  /** What will happen, in full. */
  readonly consequence: ReactNode;
  readonly confirm: string;
  readonly done: string;
  readonly act: () => Promise<unknown>;
  readonly onDone?: () => void;
}

/** A button whose act is done only after a dialog has said what it will do. */
export function ActionButton({ label, title, consequence, confirm, done, act, onDone }: ActionButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [error, setError] = useState<string | null>(null);
  async function run() {
    setState('busy');
    setError(null);
    try {
      await act();
      setState('done');
      dialog.current?.close();
      onDone?.();
    } catch (reason) {
      setState('idle');
      setError(reason instanceof ApiError ? reason.message : String(reason));
    }
  }
  function open() {
    setError(null);
    setState('idle');
    dialog.current?.showModal();
  }
  return (
    <div className="action">
      <button type="button" onClick={open}>
        {label}
      </button>
      <span role="status">{state === 'done' && done}</span>
      <dialog ref={dialog} aria-label={title}>
        <h2>{title}</h2>
        <div className="dialog-text">{consequence}</div>
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
