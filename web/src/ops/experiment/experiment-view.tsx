import type { DecisionView, ExperimentView as Experiment } from '../../api/control.js';
import { controlPath } from '../../api/control.js';
import { HelpLink } from '../../help/help-link.js';
import { formatCount } from '../../shared/format.js';
import type { Topic } from '../live/live-events.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty, Failure, Loading } from '../parts/states.js';
import { usePages } from '../parts/use-pages.js';
import { ChangeTable } from './change-table.js';
import { ExperimentActions } from './experiment-actions.js';
import { ExperimentCharts } from './experiment-charts.js';
import { judgedWords } from './judged-words.js';
import { MinimumProgress } from './minimum-progress.js';
import { VariantTable } from './variant-table.js';
import { Verdicts } from './verdicts.js';

/** A week of hourly looks, and then some. */
const MOST_POINTS = 1000;
const topics: readonly Topic[] = ['decisions'];

interface ExperimentViewProps {
  readonly experiment: Experiment;
  /** Why nothing can be promoted now. */
  readonly deliveryOff: string | null | undefined;
  readonly onChanged: () => void;
}

/** One experiment: where it stands, both verdicts, the numbers and their history. */
export function ExperimentView({ experiment, deliveryOff, onChanged }: ExperimentViewProps) {
  const decisions = usePages<DecisionView>(
    controlPath(`experiments/${experiment.id}/decisions`, { limit: 200 }),
    MOST_POINTS,
    topics,
  );
  const { items, error, loading, reload } = decisions;
  const latest = items[0];
  const { judged_by: judgedBy } = experiment;
  const { candidate_weight_percent: weight, shadow_percent: shadow } = experiment.traffic ?? {
    candidate_weight_percent: experiment.candidate_weight_percent,
    shadow_percent: 0,
  };
  return (
    <>
      <FigureList
        figures={[
          { name: 'State', value: <StateBadge state={experiment.state} />, hint: experiment.outcome ?? undefined },
          { name: 'Production', value: experiment.production_version, hint: `${100 - weight} % of users` },
          {
            name: 'Candidate',
            value: experiment.candidate_version,
            help: shadow > 0 ? 'shadow' : 'weight',
            hint: shadow > 0 ? `copies of ${shadow} % of the requests, no users` : `${weight} % of users`,
          },
          {
            name: 'Started',
            value: <Moment at={experiment.started_at} never="not yet" />,
            hint:
              experiment.ended_at === null ? (
                `at most ${experiment.rule.maxAgeDays} days`
              ) : (
                <>
                  ended <Moment at={experiment.ended_at} />
                </>
              ),
          },
          {
            name: 'Users expected',
            value: formatCount(experiment.expected_users),
            hint: 'by the decision',
            help: 'expected-users',
          },
        ]}
      />
      <ExperimentActions experiment={experiment} deliveryOff={deliveryOff} onDone={onChanged} />
      {error !== null && <Failure what="The decisions" error={error} onRetry={reload} />}
      {items.length === 0 && loading && <Loading what="the decisions" />}
      {items.length === 0 && !loading && error === null && (
        <Empty>No decision yet. The first one is made at the next full hour; both verdicts then appear here.</Empty>
      )}
      {latest !== undefined && (
        <>
          <p className="hint">
            Last look <Moment at={latest.decided_at} />, decision no. {latest.id}.
          </p>
          <Verdicts acting={latest.policy} said={latest.evaluation} metric={experiment.metric} judgedBy={judgedBy} />
          <div className="side-by-side uneven">
            <section className="card">
              <h2>
                The two variants <HelpLink topic={judgedBy === 'labels' ? 'points' : 'score'} />
              </h2>
              <VariantTable decision={latest} experiment={experiment} />
            </section>
            <section className="card">
              <h2>
                Least data for any decision <HelpLink topic="minimum" />
              </h2>
              <p className="hint">Below it there is no promotion and no rollback, whatever the scores.</p>
              <MinimumProgress decision={latest} rule={experiment.rule} judgedBy={judgedBy} />
            </section>
          </div>
          {items.length < 2 ? (
            <Empty>
              The course of scores, difference and {judgedWords(judgedBy).many} is drawn from the second look on.
            </Empty>
          ) : (
            <ExperimentCharts decisions={items} experiment={experiment} />
          )}
        </>
      )}
      <section className="card">
        <h2>Changes</h2>
        <ChangeTable experimentId={experiment.id} />
      </section>
    </>
  );
}
