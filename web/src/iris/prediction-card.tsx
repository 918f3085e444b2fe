import type { IrisPrediction, Species } from '../api/iris.js';
import { formatShare, formatTime } from '../shared/format.js';
import { SpeciesFeedback } from './species-feedback.js';

interface PredictionCardProps {
  readonly prediction: IrisPrediction;
  readonly onTold: (actual: Species | null) => void;
}

/** What the model says of a flower, how sure it is, and which version said it. */
export function PredictionCard({ prediction, onTold }: PredictionCardProps) {
  const { species, predictionId, actual, modelVersion, timestamp, probabilities } = prediction;
  return (
    <section className="card estimate" aria-labelledby="iris-heading">
      <h2 id="iris-heading">Prediction</h2>
      <p className="price iris-species">Iris {species}</p>
      {probabilities.length > 0 && (
        <ul className="shares">
          {probabilities.map(([name, share]) => (
            <li key={name}>
              <span>{name}</span>
              <span className="share-track" aria-hidden="true">
                <span className="bar" style={{ inlineSize: `${100 * share}%` }} />
              </span>
              <span className="bar-value">{formatShare(share)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="hint">
        Served by model <strong>{modelVersion}</strong>, {formatTime(timestamp)}.
        {probabilities.length > 0 && ' The shares are those of the trees that say so.'}
      </p>
      {predictionId !== undefined && (
        <SpeciesFeedback key={predictionId} predictionId={predictionId} told={actual ?? null} onTold={onTold} />
      )}
    </section>
  );
}
