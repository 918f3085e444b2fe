import type { AlertView } from '../../api/alerts.js';
import { controlPath } from '../../api/control.js';
import { AlertAction } from '../alerts/alert-action.js';
import { AlertTable } from '../alerts/alert-table.js';
import { Deliveries } from '../alerts/deliveries.js';
import type { Topic } from '../live/live-events.js';
import { Page } from '../parts/page.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['alerts'];

/** What people are told about, and what was told. */
export function AlertsPage() {
  const { project } = useProject();
  const pages = usePages<AlertView>(controlPath('monitoring/alerts', { project, limit: 50 }), 0, topics);
  return (
    <Page title="Alerts" lead="What people are told about, on which channels, and whether it arrived.">
      <section className="card">
        <header className="card-heading">
          <h2>Alerts</h2>
          <AlertAction project={project} onDone={pages.reload} />
        </header>
        <AlertTable project={project} pages={pages} />
      </section>
      <Deliveries project={project} />
    </Page>
  );
}
