import { controlPath, type DecisionView, type ExperimentView, type Page as ListPage } from '../../api/control.js';
import { navigate, useAddress } from '../../shared/navigation.js';
import { DecisionReason } from '../experiment/decision-reason.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { Empty, Loaded } from '../parts/states.js';
import { TemporalLink } from '../parts/temporal-link.js';
import { useControl } from '../parts/use-control.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';
import { VerdictBadge } from '../parts/verdict-badge.js';

const topics: readonly Topic[] = ['decisions'];

function DecisionTable({ experimentId }: { experimentId: number }) {
  const pages = usePages<DecisionView>(controlPath(`experiments/${experimentId}/decisions`, { limit: 50 }), 0, topics);
  return (
    <PagedTable
      what="Decisions"
      pages={pages}
      rowKey={({ id }) => id}
      empty="No decision yet: the first is made at the next full hour."
      columns={[
        { name: 'When', cell: ({ decided_at }) => <Moment at={decided_at} dated /> },
        { name: 'Rule', cell: ({ evaluation }) => <VerdictBadge verdict={evaluation.rule.verdict} /> },
        { name: 'Evidence', cell: ({ evaluation }) => <VerdictBadge verdict={evaluation.evidence.verdict} /> },
        { name: 'Acts', cell: ({ policy }) => policy },
        {
          name: 'Why',
          wide: true,
          cell: (decision) => <DecisionReason decision={decision} />,
        },
        {
          name: 'History',
          cell: ({ workflow_id: id }) => (id === null ? '–' : <TemporalLink kind="workflows" id={id} />),
        },
      ]}
    />
  );
}

/** Every hourly decision of an experiment with its evidence. */
export function DecisionsPage() {
  const { project, href } = useProject();
  const { query } = useAddress();
  const list = useControl<ListPage<ExperimentView>>(controlPath('experiments', { project }));
  return (
    <Page title="Decisions" lead="One an hour. Each is stored with the numbers it was made on, and can be replayed.">
      <Loaded what="Experiments" resource={list}>
        {({ items }) => {
          const wanted = query.get('experiment');
          const chosen = items.find(({ id }) => String(id) === wanted) ?? items[0];
          if (chosen === undefined) return <Empty>No experiment yet, so nothing was decided.</Empty>;
          return (
            <>
              <label className="chooser">
                Experiment
                <select
                  value={chosen.id}
                  onChange={(event) => navigate(href(`/ops/decisions?experiment=${event.target.value}`))}
                >
                  {items.map(({ id, candidate_version, production_version }) => (
                    <option key={id} value={id}>
                      No. {id}: {candidate_version} against {production_version}
                    </option>
                  ))}
                </select>
              </label>
              <section className="card">
                <DecisionTable key={chosen.id} experimentId={chosen.id} />
              </section>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
