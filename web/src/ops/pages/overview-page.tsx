import { controlPath, type OverviewView, rollBack } from '../../api/control.js';
import { Link } from '../../shared/link.js';
import { DeliveryNote } from '../delivery/delivery-note.js';
import { useDelivery } from '../delivery/use-delivery.js';
import type { Topic } from '../live/live-events.js';
import { InstanceTable } from '../overview/instance-table.js';
import { ScheduleTable } from '../overview/schedule-table.js';
import { SlotCard } from '../overview/slot-card.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';
import { VerdictBadge } from '../parts/verdict-badge.js';

const topics: readonly Topic[] = ['slots', 'instances', 'experiments', 'decisions'];

/** What is in production, since when, and whether every part is well. */
export function OverviewPage() {
  const { project, href } = useProject();
  const overview = useControl<OverviewView>(controlPath('overview', { project }), topics);
  const delivery = useDelivery(project);
  const production = overview.data?.production ?? null;
  const weight = overview.data?.experiment?.candidate_weight_percent ?? 0;
  return (
    <Page
      title="Overview"
      lead={`What serves ${project} now.`}
      actions={
        production !== null && (
          <ActionButton
            label="Roll back …"
            title={`Roll back from ${production.version}?`}
            consequence={
              <p>
                The version that was in production before {production.version} serves all production traffic again
                within seconds. {production.version} is kept and can be brought back the same way.
              </p>
            }
            confirm="Roll back"
            done="The roll back has begun."
            off={delivery?.off}
            act={() => rollBack(project)}
            onDone={overview.reload}
          />
        )
      }
    >
      <DeliveryNote delivery={delivery} />
      <Loaded what="The overview" resource={overview}>
        {({ candidate, experiment, last_decision: decision, instances, schedules, unavailable = [] }) => (
          <>
            {unavailable.length > 0 && (
              <p className="notice" role="alert">
                No answer from {unavailable.join(' and ')}: what it would say is missing here.
              </p>
            )}
            <div className="slots">
              <SlotCard slot="production" content={production} share={100 - weight} />
              <SlotCard slot="candidate" content={candidate} share={weight} />
            </div>
            <section className="card">
              <h2>Experiment</h2>
              {experiment === null ? (
                <Empty>None runs. The next begins when a new candidate is deployed.</Empty>
              ) : (
                <p>
                  <Link href={href(`/ops/experiment/${experiment.id}`)}>No. {experiment.id}</Link>:{' '}
                  {experiment.candidate_version} against {experiment.production_version},{' '}
                  <StateBadge state={experiment.state} />, started <Moment at={experiment.started_at} never="not yet" />
                  .
                </p>
              )}
              {decision !== null && (
                <p className="last-decision">
                  <VerdictBadge verdict={decision.verdict} /> <Moment at={decision.decided_at} />: {decision.reason}
                </p>
              )}
            </section>
            <section className="card">
              <h2>Parts</h2>
              <InstanceTable instances={instances} />
            </section>
            <section className="card">
              <h2>Schedules</h2>
              <ScheduleTable schedules={schedules} />
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
