import { formatCount, formatLakh, formatTime } from '../shared/format.js';
import type { PastEstimate } from './estimate-history.js';

interface HistoryListProps {
  readonly history: readonly PastEstimate[];
  readonly currentId: number | null;
  readonly onOpen: (past: PastEstimate) => void;
  readonly onClear: () => void;
}

/** The user's earlier estimates. */
export function HistoryList({ history, currentId, onOpen, onClear }: HistoryListProps) {
  if (history.length === 0) return null;
  return (
    <section className="card history" aria-labelledby="history-heading">
      <header>
        <h2 id="history-heading">Your estimates</h2>
        <button type="button" className="quiet" onClick={onClear}>
          Clear
        </button>
      </header>
      <ul>
        {history.map((past) => {
          const { home, estimate } = past;
          return (
            <li key={estimate.prediction_id}>
              <button
                type="button"
                aria-current={estimate.prediction_id === currentId ? 'true' : undefined}
                onClick={() => onOpen(past)}
              >
                <span className="history-home">
                  {home.location}
                  <span className="hint">
                    {formatCount(home.total_sqft)} sq ft · {home.bhk} BHK · {formatTime(estimate.timestamp)}
                  </span>
                </span>
                <strong>{formatLakh(estimate.estimated_price)}</strong>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="hint">Kept in this browser only.</p>
    </section>
  );
}
