import { useState } from 'react';
import { changeWeight, type ExperimentView } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { TextField } from '../parts/labelled.js';

/** Another share of users for the candidate. */
export function WeightAction({ experiment, onDone }: { experiment: ExperimentView; onDone: () => void }) {
  const { id, candidate_version: candidate, candidate_weight_percent: now } = experiment;
  const [text, setText] = useState(String(now));
  const percent = Number(text);
  const known = text.trim() !== '' && Number.isFinite(percent);
  return (
    <ActionButton
      label="Share of users …"
      title={`Give ${candidate} another share of users?`}
      consequence={
        <div className="settings-form">
          <p>
            {known
              ? `${percent} % of users get ${candidate}, ${100 - percent} % production, in place of ${now} %.`
              : ''}{' '}
            The counts so far were made under another split: they are forgotten, and the clock of the decision begins
            anew. A ramp ends.
          </p>
          <TextField inputMode="decimal" label="Share of the candidate, percent" value={text} onText={setText} />
        </div>
      }
      confirm="Change the share"
      done="The share is being changed."
      asksReason
      act={async (reason) => {
        if (!known || percent <= 0 || percent > 99) throw new Error('Give a share above 0 and up to 99 percent.');
        await changeWeight(id, percent, reason);
      }}
      onDone={onDone}
    />
  );
}
