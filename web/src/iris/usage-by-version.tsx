import type { IrisPrediction } from '../api/iris.js';
import { formatCount, formatShare } from '../shared/format.js';
import { countByVersion } from './iris-history.js';

/** Which version served how many of this browser's predictions. */
export function UsageByVersion({ history }: { history: readonly IrisPrediction[] }) {
  return (
    <section className="card iris-part" aria-labelledby="usage-heading">
      <h2 id="usage-heading">Usage by model version</h2>
      <ul className="shares">
        {countByVersion(history).map(([version, count]) => (
          <li key={version}>
            <span>{version}</span>
            <span className="share-track" aria-hidden="true">
              <span className="bar" style={{ inlineSize: `${(100 * count) / history.length}%` }} />
            </span>
            <span className="bar-value">
              {formatCount(count)} <span className="hint">{formatShare(count / history.length)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="hint">Of the {formatCount(history.length)} predictions this browser remembers.</p>
    </section>
  );
}
