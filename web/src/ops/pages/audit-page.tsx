import { type AuditView, controlPath } from '../../api/control.js';
import { ChainCheck } from '../audit/chain-check.js';
import type { Topic } from '../live/live-events.js';
import { type Filter, FilterForm, useFilters } from '../parts/filter-form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { TemporalLink } from '../parts/temporal-link.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['audit'];
const filters: readonly Filter[] = [
  { name: 'action', label: 'Action' },
  { name: 'actor', label: 'By' },
  { name: 'subject', label: 'Subject' },
];

/** Who or what changed something, and why. */
export function AuditPage() {
  const { project } = useProject();
  const wanted = useFilters(filters);
  const pages = usePages<AuditView>(controlPath('audit', { project, limit: 100, ...wanted }), 0, topics);
  return (
    <Page title="Audit" lead="Every change, who or what made it, and why. Entries are only ever added.">
      <ChainCheck />
      <FilterForm path="/ops/audit" filters={filters} />
      <section className="card">
        <PagedTable
          what="Audit entries"
          pages={pages}
          rowKey={({ id }) => id}
          empty="Nothing has been changed yet."
          columns={[
            { name: 'When', cell: ({ created_at }) => <Moment at={created_at} dated /> },
            { name: 'Action', cell: ({ action }) => action },
            { name: 'Subject', cell: ({ subject }) => subject },
            { name: 'By', cell: ({ actor }) => actor },
            { name: 'Why', wide: true, cell: ({ reason }) => reason ?? '–' },
            {
              name: 'History',
              cell: ({ workflow_id: id }) => (id === null ? '–' : <TemporalLink kind="workflows" id={id} />),
            },
          ]}
        />
      </section>
    </Page>
  );
}
