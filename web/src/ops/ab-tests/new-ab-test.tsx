import { useState } from 'react';
import { createAbTest, type SuccessMetric, successMetrics } from '../../api/ab-tests.js';
import { ActionButton } from '../parts/action-button.js';
import { Choice, TextField } from '../parts/labelled.js';
import { controlShare } from './control-share.js';

interface TreatmentDraft {
  readonly name: string;
  readonly percent: string;
}

const MOST_TREATMENTS = 10;
const treatmentDraft: TreatmentDraft = { name: '', percent: '20' };

/** Begins a test of models that are served elsewhere. */
export function NewAbTest({ project, onDone }: { project: string; onDone: () => void }) {
  const [name, setName] = useState('');
  const [control, setControl] = useState('');
  const [treatments, setTreatments] = useState<readonly TreatmentDraft[]>([treatmentDraft]);
  const [metric, setMetric] = useState<SuccessMetric>('score');
  const [policy, setPolicy] = useState<'evidence' | 'rule'>('evidence');
  const [days, setDays] = useState('');
  const left = controlShare(treatments);
  const change = (at: number, part: Partial<TreatmentDraft>) =>
    setTreatments((before) => before.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <ActionButton
      label="Begin a test …"
      title="Begin an A/B test"
      consequence={
        <div className="settings-form">
          <p>
            Users are dealt among the variants, what is told of them is counted, and every hour it is decided. Nothing
            is served or promoted here.
          </p>
          <TextField label="Name" value={name} onText={setName} />
          <TextField label="Control" value={control} onText={setControl} />
          {treatments.map((treatment, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are only ever added to or taken from the end
            <fieldset key={i} className="pair">
              <legend>Treatment {i + 1}</legend>
              <TextField label="Variant" value={treatment.name} onText={(text) => change(i, { name: text })} />
              <TextField
                label="Percent of users"
                inputMode="decimal"
                value={treatment.percent}
                onText={(percent) => change(i, { percent })}
              />
            </fieldset>
          ))}
          <p className="hint">
            {left === null || left <= 0
              ? 'The control must keep a share of the users.'
              : `The control keeps ${left} % of the users.`}
          </p>
          <div className="actions">
            <button
              type="button"
              disabled={treatments.length >= MOST_TREATMENTS}
              onClick={() => setTreatments((before) => [...before, treatmentDraft])}
            >
              Another treatment
            </button>
            {treatments.length > 1 && (
              <button type="button" onClick={() => setTreatments((before) => before.slice(0, -1))}>
                One less
              </button>
            )}
          </div>
          <Choice label="Success is" value={metric} choices={successMetrics} onChoose={setMetric} />
          <Choice
            label="Decided by"
            value={policy}
            choices={[
              ['evidence', 'the evidence'],
              ['rule', 'the rule'],
            ]}
            onChoose={setPolicy}
          />
          <TextField
            label="Ends after so many days at the latest (empty: as the project says)"
            inputMode="decimal"
            value={days}
            onText={setDays}
          />
        </div>
      }
      confirm="Begin"
      done="The test has begun."
      act={() =>
        createAbTest(project, {
          name: name.trim(),
          control: control.trim(),
          // what is no number becomes null, which the API refuses by name
          treatments: treatments.map((one) => ({ name: one.name.trim(), percent: Number(one.percent) })),
          success_metric: metric,
          policy,
          max_age_days: days.trim() === '' ? undefined : Number(days),
        })
      }
      onDone={onDone}
    />
  );
}
