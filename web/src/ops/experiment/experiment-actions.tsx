import { type ExperimentView, pauseExperiment, promote, stopExperiment } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
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
      <WeightAction key={experiment.candidate_weight_percent} experiment={experiment} onDone={onDone} />
      {experiment.state === 'paused' ? (
        <ActionButton
          label="Resume …"
          title={`Resume experiment no. ${id}?`}
          consequence={
            <p>
              {candidate} gets its share of users again, and the counts go on where they were
              {experiment.paused_from == null ? '' : ` (${experiment.paused_from})`}.
            </p>
          }
          confirm="Resume"
          done="It is being resumed."
          asksReason
          act={(reason) => pauseExperiment(id, 'resume', reason)}
          onDone={onDone}
        />
      ) : (
        <ActionButton
          label="Pause …"
          title={`Pause experiment no. ${id}?`}
          consequence={
            <p>
              All users go to {production} until it is resumed. The counts so far stay, and nothing is decided
              meanwhile.
            </p>
          }
          confirm="Pause"
          done="It is being paused."
          asksReason
          act={(reason) => pauseExperiment(id, 'pause', reason)}
          onDone={onDone}
        />
      )}
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
