import { controlPath, type ModelView } from '../../api/control.js';
import { Link } from '../../shared/link.js';
import { DeliveryNote } from '../delivery/delivery-note.js';
import { useDelivery } from '../delivery/use-delivery.js';
import type { Topic } from '../live/live-events.js';
import { DeploymentTable } from '../models/deployment-table.js';
import { ProductionAt } from '../models/production-at.js';
import { ModelMetrics } from '../parts/model-metrics.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['models', 'slots'];

/** Every version there has been. */
export function ModelsPage() {
  const { project, href } = useProject();
  const pages = usePages<ModelView>(controlPath('models', { project, limit: 50 }), 0, topics);
  const delivery = useDelivery(project);
  return (
    <Page
      title="Models"
      lead="BO = best so far, in production once; CO = candidate. Numbers are never used twice."
      actions={<Link href={href('/ops/models/compare')}>Compare two …</Link>}
    >
      <DeliveryNote delivery={delivery} />
      <section className="card">
        <PagedTable
          what="Models"
          pages={pages}
          rowKey={({ version }) => version}
          empty="No model yet: the first is being trained."
          columns={[
            {
              name: 'Version',
              cell: ({ version }) => <Link href={href(`/ops/models/${version}`)}>{version}</Link>,
            },
            { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
            { name: 'Measures', cell: ({ metrics }) => <ModelMetrics metrics={metrics} /> },
            { name: 'From', cell: ({ parent_version: parent }) => parent ?? '–' },
            { name: 'Data', cell: ({ dataset_number: number }) => (number === null ? '–' : `train_V${number}.csv`) },
            { name: 'Trained', cell: ({ created_at }) => <Moment at={created_at} dated /> },
          ]}
        />
      </section>
      <ProductionAt project={project} />
      <section className="card">
        <h2>Deployments</h2>
        <DeploymentTable project={project} />
      </section>
    </Page>
  );
}
