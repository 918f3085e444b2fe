import type { AbTestView } from '../../api/ab-tests.js';
import { controlPath } from '../../api/control.js';
import { Link } from '../../shared/link.js';
import { NewAbTest } from '../ab-tests/new-ab-test.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

/** That one begins or ends is written in the log. */
const topics: readonly Topic[] = ['audit'];

/** Tests of models that are served elsewhere. */
export function AbTestsPage() {
  const { project, href } = useProject();
  const pages = usePages<AbTestView>(controlPath('ab-tests', { project, limit: 50 }), 0, topics);
  return (
    <Page
      title="A/B tests"
      lead="Several treatments against a control, wherever they are served."
      actions={<NewAbTest project={project} onDone={pages.reload} />}
    >
      <section className="card">
        <PagedTable
          what="A/B tests"
          pages={pages}
          rowKey={({ id }) => id}
          empty="No test yet. One begins here, and its service asks for each user's variant and tells what happened."
          columns={[
            { name: 'Test', cell: ({ id, name }) => <Link href={href(`/ops/ab-tests/${id}`)}>{name}</Link> },
            { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
            {
              name: 'Treatments',
              wide: true,
              cell: ({ control, treatments }) =>
                `${treatments.map(({ name, percent }) => `${name} ${percent} %`).join(', ')} against ${control}`,
            },
            { name: 'Success is', cell: ({ success_metric: metric }) => metric.replaceAll('_', ' ') },
            { name: 'Winner', cell: ({ winner }) => winner ?? '–' },
            { name: 'By', cell: ({ created_by: by }) => by },
            { name: 'Began', cell: ({ started_at: at }) => <Moment at={at} dated /> },
          ]}
        />
      </section>
    </Page>
  );
}
