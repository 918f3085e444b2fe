import { useState } from 'react';
import { ApiError } from '../api/http.js';
import { type Species, species, tellSpecies } from '../api/iris.js';

interface SpeciesFeedbackProps {
  readonly predictionId: number;
  /** What was said already. */
  readonly told: Species | null;
  readonly onTold: (actual: Species) => void;
}

/** What the flower really was: the label that the next training learns from, and that the versions are judged by. */
export function SpeciesFeedback({ predictionId, told, onTold }: SpeciesFeedbackProps) {
  const [sending, setSending] = useState<Species | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function tell(actual: Species) {
    setSending(actual);
    setProblem(null);
    try {
      await tellSpecies(predictionId, actual);
      onTold(actual);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
    setSending(null);
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
                checked={(sending ?? told) === name}
                onChange={() => sending === null && void tell(name)}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p role="status">
        {sending !== null && 'Sending …'}
        {sending === null && told !== null && `Thank you: Iris ${told}. You can change it at any time.`}
      </p>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </div>
  );
}
