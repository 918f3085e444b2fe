import type { ApprovalView } from '../../api/approvals.js';
import { controlPath } from '../../api/control.js';
import { PendingApproval } from '../approvals/pending-approval.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['approvals', 'experiments'];

/** Promotions that wait for a person, and those that did. */
export function ApprovalsPage() {
  const { project } = useProject();
  const pages = usePages<ApprovalView>(controlPath('approvals', { project, limit: 50 }), 0, topics);
  const { items, loading, error, reload } = pages;
  const pending = items.filter(({ state }) => state === 'pending');
  return (
    <Page title="Approvals" lead="Where a project asks for it, a person has the last word on a promotion.">
      {pending.map((approval) => (
        <PendingApproval key={approval.id} approval={approval} onDone={reload} />
      ))}
      {pending.length === 0 && !loading && error === null && <Empty>Nothing waits for an answer.</Empty>}
      <section className="card">
        <h2>All of them</h2>
        <PagedTable
          what="Approvals"
          pages={pages}
          rowKey={({ id }) => id}
          empty="No promotion has waited for a person yet. A project asks for it with experiment.approval.required."
          columns={[
            { name: 'No.', cell: ({ id }) => id },
            { name: 'Candidate', cell: ({ candidate_version: candidate }) => candidate },
            { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
            { name: 'Asked', cell: ({ requested_at: at }) => <Moment at={at} dated /> },
            { name: 'By', cell: ({ requested_by: by }) => by },
            { name: 'Answered by', cell: ({ decided_by: by }) => by ?? '–' },
            { name: 'Why', wide: true, cell: ({ decided_reason: why, reason }) => why ?? reason },
          ]}
        />
      </section>
    </Page>
  );
}
