import { useState } from 'react';
import { ApiError } from '../api/http.js';
import { type Species, species, tellSpecies } from '../api/iris.js';

interface SpeciesFeedbackProps {
  readonly predictionId: number;
  /** What was said already. */
  readonly told: Species | null;
  /** @param actual null when it was taken back */
  readonly onTold: (actual: Species | null) => void;
}

/** What the flower really was: the label that the next training learns from, and that the versions are judged by. */
export function SpeciesFeedback({ predictionId, told, onTold }: SpeciesFeedbackProps) {
  /** null = it is being taken back. */
  const [sending, setSending] = useState<Species | null>();
  const [problem, setProblem] = useState<string | null>(null);
  async function tell(actual: Species | null) {
    setSending(actual);
    setProblem(null);
    try {
      await tellSpecies(predictionId, actual);
      onTold(actual);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
    setSending(undefined);
  }
  return (
    <div className="species-feedback">
      <fieldset className="segments">
        <legend>Do you know what it really was?</legend>
        <div>
          {species.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="actual-class"
                value={name}
                checked={(sending === undefined ? told : sending) === name}
                onChange={() => sending === undefined && void tell(name)}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="thanks">
        <p role="status">
          {sending !== undefined && 'Sending …'}
          {sending === undefined && told !== null && `Thank you: Iris ${told}. You can change it at any time.`}
        </p>
        {sending === undefined && told !== null && (
          <button type="button" onClick={() => void tell(null)}>
            Undo
          </button>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </div>
  );
}
