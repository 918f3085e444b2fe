import type { ComponentProps } from 'react';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A line of text under its name. */
export function TextField({ label, onText, type = 'text', ...input }: TextFieldProps) {
  return (
    <label className="labelled">
      {label}
      <input type={type} autoComplete="off" {...input} onChange={(event) => onText(event.target.value)} />
    </label>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** With their words; without, underscores become spaces. */
  readonly choices: readonly (T | readonly [value: T, words: string])[];
  readonly onChoose: (value: T) => void;
}

/** One of a few under its name. */
export function Choice<T extends string>({ label, value, choices, onChoose }: ChoiceProps<T>) {
  return (
    <label className="labelled">
      {label}
      <select value={value} onChange={(event) => onChoose(event.target.value as T)}>
        {choices.map((choice) => {
          const [key, words] = typeof choice === 'string' ? [choice, choice.replaceAll('_', ' ')] : choice;
          return (
            <option key={key} value={key}>
              {words}
            </option>
          );
        })}
      </select>
    </label>
  );
}
