import { describedBy, Field } from './field.js';

interface StepperProps {
  readonly id: string;
  readonly label: string;
  /** What one of them is called, for the buttons: "bedroom". */
  readonly unit: string;
  readonly value: string;
  readonly least: number;
  readonly most: number;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A small whole number: typed, or stepped with two buttons large enough for a thumb. */
export function Stepper({ id, label, unit, value, least, most, problem, onChange }: StepperProps) {
  const number = Number(value);
  const step = (by: number) => onChange(String(Math.min(most, Math.max(least, (Math.trunc(number) || 0) + by))));
  return (
    <Field id={id} label={label} problem={problem}>
      <div className="stepper">
        <button type="button" onClick={() => step(-1)} disabled={number <= least} aria-label={`One ${unit} fewer`}>
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy(id, undefined, problem)}
          onChange={(event) => onChange(event.target.value)}
        />
        <button type="button" onClick={() => step(1)} disabled={number >= most} aria-label={`One ${unit} more`}>
          +
        </button>
      </div>
    </Field>
  );
}
