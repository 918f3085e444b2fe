import { type DragEvent, useId, useState } from 'react';

interface FileDropProps {
  readonly label: string;
  readonly hint: string;
  /** As of a file input: `.csv,text/csv`. */
  readonly accept: string;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}

/** A file by drag and drop, or by the system's own dialog. */
export function FileDrop({ label, hint, accept, busy, onFile }: FileDropProps) {
  const [over, setOver] = useState(false);
  const id = useId();
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && !busy) onFile(file);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition, the field inside does the same by keyboard
    <div
      className="file-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>{busy ? 'Sending and checking …' : label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={busy}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) onFile(file);
          event.target.value = '';
        }}
      />
      <p className="hint">{hint}</p>
    </div>
  );
}
