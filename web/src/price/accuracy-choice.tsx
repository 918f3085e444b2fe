export type Accuracy = 'too_high' | 'fair' | 'too_low';

const choices: readonly { value: Accuracy; label: string }[] = [
  { value: 'too_low', label: 'Too low' },
  { value: 'fair', label: 'Fair' },
  { value: 'too_high', label: 'Too high' },
];

/** Too low, fair or too high, as a group of radio buttons. */
export function AccuracyChoice({ value, onChoose }: { value: Accuracy | null; onChoose: (value: Accuracy) => void }) {
  return (
    <fieldset className="segments">
      <legend>For such a home the price is …</legend>
      <div>
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name="accuracy"
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChoose(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
