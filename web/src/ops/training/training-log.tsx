import type { LogLine } from '../../api/training.js';
import { formatTime } from '../../shared/format.js';
import { Empty } from '../parts/states.js';

/** What a training did, event by event, the newest last. */
export function TrainingLog({ lines, waiting }: { lines: readonly LogLine[]; waiting: boolean }) {
  return (
    <section className="card">
      <h2>Events</h2>
      {waiting && <p className="hint">The connection was lost. It is being made again …</p>}
      {lines.length === 0 ? (
        <Empty>None yet.</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="log" role="log" tabIndex={0} aria-label="Events of the training">
          <ol>
            {lines.map(({ id, at, level, message }) => (
              <li key={id} data-level={level}>
                <time dateTime={at}>{formatTime(at)}</time> <span>{message}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </section>
  );
}
