import { type ExperimentView, pauseExperiment } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';

/** Takes the candidate's users away for a while, and gives them back. */
export function PauseAction({ experiment, onDone }: { experiment: ExperimentView; onDone: () => void }) {
  const { id, production_version: production, candidate_version: candidate, paused_from: from } = experiment;
  const paused = experiment.state === 'paused';
  const [verb, change] = paused ? (['Resume', 'resume'] as const) : (['Pause', 'pause'] as const);
  return (
    <ActionButton
      label={`${verb} …`}
      title={`${verb} experiment no. ${id}?`}
      consequence={
        <p>
          {paused
            ? `${candidate} gets its share of users again, and the counts go on where they were${from == null ? '' : ` (${from})`}.`
            : `All users go to ${production} until it is resumed. The counts so far stay, and nothing is decided meanwhile.`}
        </p>
      }
      confirm={verb}
      done={paused ? 'It is being resumed.' : 'It is being paused.'}
      asksReason
      act={(reason) => pauseExperiment(id, change, reason)}
      onDone={onDone}
    />
  );
}
