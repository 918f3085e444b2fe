import { useState } from 'react';
import { changeShadow, type ExperimentView } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { TextField } from '../parts/labelled.js';

interface ShadowActionProps {
  readonly experiment: ExperimentView;
  readonly onDone: () => void;
}

/** Where the candidate goes when nobody holds it in the shadow any more. */
function wayUp({ path, candidate_version: candidate, candidate_weight_percent: weight }: ExperimentView): string {
  const first = path?.ramp.find((step) => step.weightPercent < weight)?.weightPercent;
  const share = first === undefined ? `${weight} % of users` : `${first} % of users, then more, up to ${weight} %`;
  return `${candidate} gets ${share}. The clock of the decision begins anew at its full share; earlier counts are forgotten.`;
}

const given = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

/** Copies of requests for a candidate that no user sees, for a while. */
export function ShadowAction({ experiment, onDone }: ShadowActionProps) {
  const { id, candidate_version: candidate, production_version: production } = experiment;
  const before = experiment.state === 'shadow' ? experiment.path?.shadow : undefined;
  const [percent, setPercent] = useState(String(before?.percent ?? 100));
  const [hours, setHours] = useState(String(before === undefined ? 2 : (before.hours ?? '')));
  const [copies, setCopies] = useState(String(before?.minRequests ?? ''));
  async function begin(reason: string) {
    const terms = { percent: Number(percent), hours: given(hours), minRequests: given(copies) };
    if (!(terms.percent > 0 && terms.percent <= 100)) throw new Error('Give a share above 0 and up to 100 percent.');
    if (terms.hours === undefined && terms.minRequests === undefined) {
      throw new Error('Say how long: hours, answered copies, or both.');
    }
    await changeShadow(id, terms, reason);
  }
  return (
    <ActionButton
      label={before === undefined ? 'Shadow …' : 'Change the shadow …'}
      title={before === undefined ? `Move ${candidate} into the shadow?` : 'Change the shadow?'}
      consequence={
        <div className="settings-form">
          <p>
            {before === undefined
              ? `No user sees ${candidate}: all go to ${production}, and nothing is decided. `
              : 'Its time begins anew. '}
            {candidate} answers copies of {percent || '…'} % of the requests; its answers are recorded and checked, and
            go to nobody. Afterwards {wayUp(experiment)}
          </p>
          <TextField
            inputMode="decimal"
            label="Requests that are copied, percent"
            value={percent}
            onText={setPercent}
          />
          <TextField inputMode="decimal" label="Lasts at least, hours" value={hours} onText={setHours} />
          <TextField
            inputMode="decimal"
            label="And until so many copies are answered (may be left empty)"
            value={copies}
            onText={setCopies}
          />
        </div>
      }
      confirm={before === undefined ? 'Move into the shadow' : 'Change the shadow'}
      done="The shadow is being set up."
      asksReason
      act={begin}
      onDone={onDone}
    />
  );
}

/** Users for a candidate in the shadow before its time is over. */
export function EndShadowAction({ experiment, onDone }: ShadowActionProps) {
  return (
    <ActionButton
      label="End the shadow …"
      title="End the shadow now?"
      consequence={<p>Copies are sent no more. {wayUp(experiment)}</p>}
      confirm="End the shadow"
      done="The shadow is being ended."
      asksReason
      act={(reason) => changeShadow(experiment.id, null, reason)}
      onDone={onDone}
    />
  );
}
