/** The terminal and npm both pass one Ctrl-C on, so that it arrives twice: only a later one is a second Ctrl-C. */
const SAME_SIGNAL_MS = 700;

export interface StopOnSignalsOptions {
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
  readonly onNotice: (message: string) => void;
}

/**
 * Stops in order on the first SIGINT, SIGTERM or SIGHUP, and ends everything at once on a second.
 *
 * @returns `begun` settles when the first signal comes, `done` when the stop it caused has finished
 */
export function stopOnSignals({ stop, kill, onNotice }: StopOnSignalsOptions): {
  begun: Promise<'stopping'>;
  done: Promise<void>;
} {
  let firstAt: number | null = null;
  let begin: (value: 'stopping') => void = () => undefined;
  const begun = new Promise<'stopping'>((resolve) => {
    begin = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (firstAt === null) {
        firstAt = performance.now();
        onNotice('\nStopping every part in order (again to end them at once) ...');
        begin('stopping');
      } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
        onNotice('Ending everything at once.');
        kill();
      }
    });
  }
  return { begun, done: begun.then(stop) };
}
