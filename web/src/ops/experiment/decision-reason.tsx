import { useState } from 'react';
import type { DecisionView } from '../../api/control.js';
import { DecisionNumbers } from './decision-numbers.js';

/** Why a decision was made in a sentence, and on request every number of it. */
export function DecisionReason({ decision }: { decision: DecisionView }) {
  // a page of decisions would otherwise hold thousands of numbers that nobody looks at
  const [open, setOpen] = useState(false);
  return (
    <details className="reason" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{decision.reason}</summary>
      {open && <DecisionNumbers decision={decision} />}
    </details>
  );
}
