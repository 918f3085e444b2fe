import '../styles/ops.css';
import '../styles/ops-parts.css';
import { NotFoundPage } from '../not-found-page.js';
import { SessionGate } from '../session/session-gate.js';
import { useAddress } from '../shared/navigation.js';
import { OpsNavigation } from './ops-navigation.js';
import { AuditPage } from './pages/audit-page.js';
import { DecisionsPage } from './pages/decisions-page.js';
import { DriftPage } from './pages/drift-page.js';
import { ExperimentPage } from './pages/experiment-page.js';
import { ModelPage } from './pages/model-page.js';
import { ModelsPage } from './pages/models-page.js';
import { OverviewPage } from './pages/overview-page.js';
import { SchedulesPage } from './pages/schedules-page.js';
import { SettingsPage } from './pages/settings-page.js';
import { TrafficPage } from './pages/traffic-page.js';
import { TrainingPage } from './pages/training-page.js';

function OpsPage({ path }: { path: string }) {
  const [, , section = '', argument] = path.replace(/\/+$/, '').split('/');
  const id = argument === undefined ? undefined : decodeURIComponent(argument);
  switch (section) {
    case '':
      return <OverviewPage />;
    case 'experiment':
      return <ExperimentPage id={id} />;
    case 'traffic':
      return <TrafficPage />;
    case 'models':
      return id === undefined ? <ModelsPage /> : <ModelPage version={id} />;
    case 'training':
      return <TrainingPage />;
    case 'drift':
      return <DriftPage />;
    case 'decisions':
      return <DecisionsPage />;
    case 'schedules':
      return <SchedulesPage />;
    case 'audit':
      return <AuditPage />;
    case 'settings':
      return <SettingsPage />;
    default:
      return <NotFoundPage />;
  }
}

/** The operations app: what runs, what is decided and why. */
export default function OpsApp() {
  const { path } = useAddress();
  return (
    <SessionGate>
      <div className="ops">
        <a className="skip" href="#content">
          Skip to the page
        </a>
        <OpsNavigation path={path} />
        <OpsPage path={path} />
      </div>
    </SessionGate>
  );
}
