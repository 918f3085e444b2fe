import { type FormEvent, useState } from 'react';
import { describedBy, Field } from './field.js';

const MOST_CRORE = 1000;

/** "I know the real price": an amount in lakh or crore. */
export function ActualPriceForm({ value, onSend }: { value: number | null; onSend: (lakh: number) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const [unit, setUnit] = useState<'lakh' | 'crore'>('lakh');
  const [problem, setProblem] = useState<string>();
  function submit(event: FormEvent) {
    event.preventDefault();
    const amount = Number(text.replaceAll(',', ''));
    const lakh = unit === 'crore' ? amount * 100 : amount;
    if (text.trim() === '' || !(lakh > 0) || lakh > MOST_CRORE * 100) {
      setProblem('Give the price as a number above 0 and up to 1,000 crore, for example 85 lakh.');
      return;
    }
    setProblem(undefined);
    onSend(lakh);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field id="actual-price" label="The real price" problem={problem}>
        <div className="amount">
          <span aria-hidden="true">₹</span>
          <input
            id="actual-price"
            type="text"
            inputMode="decimal"
            value={text}
            aria-invalid={problem !== undefined}
            aria-describedby={describedBy('actual-price', undefined, problem)}
            onChange={(event) => setText(event.target.value)}
          />
          <select aria-label="Unit" value={unit} onChange={(event) => setUnit(event.target.value as 'lakh' | 'crore')}>
            <option value="lakh">lakh</option>
            <option value="crore">crore</option>
          </select>
          <button type="submit">Send price</button>
        </div>
      </Field>
    </form>
  );
}
