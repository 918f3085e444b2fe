import { type ExperimentView, promote, stopExperiment } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { PauseAction } from './pause-action.js';
import { EndShadowAction, ShadowAction } from './shadow-action.js';
import { WeightAction } from './weight-action.js';

interface ExperimentActionsProps {
  readonly experiment: ExperimentView;
  /** Why nothing can be promoted now. */
  readonly deliveryOff: string | null | undefined;
  readonly onDone: () => void;
}

/** What a person may do in the place of the hourly decision, while the experiment runs. */
export function ExperimentActions({ experiment, deliveryOff, onDone }: ExperimentActionsProps) {
  const { id, project, production_version: production, candidate_version: candidate } = experiment;
  if (experiment.ended_at !== null) return null;
  const { state } = experiment;
  const moving = state !== 'warming' && state !== 'paused';
  return (
    <div className="actions">
      <ActionButton
        label="Promote …"
        title={`Promote ${candidate}?`}
        consequence={
          <p>
            {candidate} becomes the next BO version and serves all users, in place of {production}, whatever the
            verdicts say. The experiment ends. {production} is kept and can be rolled back to.
          </p>
        }
        confirm={`Promote ${candidate}`}
        done="The promotion has begun."
        asksReason
        needs="approver"
        off={deliveryOff}
        act={(reason) => promote(project, candidate, reason)}
        onDone={onDone}
      />
      {moving && <WeightAction key={experiment.candidate_weight_percent} experiment={experiment} onDone={onDone} />}
      {moving && <ShadowAction key={state} experiment={experiment} onDone={onDone} />}
      {state === 'shadow' && <EndShadowAction experiment={experiment} onDone={onDone} />}
      {state !== 'warming' && <PauseAction experiment={experiment} onDone={onDone} />}
      <ActionButton
        label="Stop …"
        title={`Stop experiment no. ${id}?`}
        consequence={
          <p>
            All users go back to {production}. The experiment ends without a verdict, and {candidate} is kept.
          </p>
        }
        confirm="Stop the experiment"
        done="The experiment is being stopped."
        asksReason
        act={(reason) => stopExperiment(id, reason)}
        onDone={onDone}
      />
    </div>
  );
}
