import { createWriteStream, type WriteStream } from 'node:fs';
import { ACCESS_LOG_FIELDS, type AccessLogField } from '../access-log-fields.js';
import { TRACE_LOG_FIELDS } from '../trace-context.js';

export type AccessLogEntry = Readonly<
  Record<AccessLogField, string | number> & Partial<Record<(typeof TRACE_LOG_FIELDS)[number], string | number>>
>;

export interface AccessLog {
  write(entry: AccessLogEntry): void;
  /** Starts the file anew after it was moved away. */
  reopen(): void;
  close(): Promise<void>;
}

/**
 * @param path file to append to; absent = nothing is written
 * @param onError told once when the file cannot be written; requests are served on
 */
export function openAccessLog(path: string | undefined, onError: (error: Error) => void): AccessLog {
  if (path === undefined) return { write: () => {}, reopen: () => {}, close: async () => {} };
  const open = (): WriteStream =>
    createWriteStream(path, { flags: 'a' })
      .once('error', onError)
      .on('error', () => {});
  let stream = open();
  return {
    write(entry) {
      // fields that a line does not have are left out of the JSON
      const fields = [...ACCESS_LOG_FIELDS, ...TRACE_LOG_FIELDS];
      const ordered = Object.fromEntries(fields.map((field) => [field, entry[field]]));
      stream.write(`${JSON.stringify(ordered)}\n`);
    },
    reopen() {
      stream.end();
      stream = open();
    },
    close: () =>
      new Promise((resolve) => {
        if (stream.destroyed) resolve();
        else stream.once('close', resolve).end();
      }),
  };
}
