import '../styles/ops.css';
import '../styles/ops-forms.css';
import '../styles/ops-parts.css';
import '../styles/ops-tables.css';
import { NotFoundPage } from '../not-found-page.js';
import { SessionGate } from '../session/session-gate.js';
import { useAddress } from '../shared/navigation.js';
import { LiveEvents } from './live/live-events.js';
import { OpsNavigation } from './ops-navigation.js';
import { AbTestPage } from './pages/ab-test-page.js';
import { AbTestsPage } from './pages/ab-tests-page.js';
import { AlertsPage } from './pages/alerts-page.js';
import { ApprovalsPage } from './pages/approvals-page.js';
import { AuditPage } from './pages/audit-page.js';
import { BatchPage } from './pages/batch-page.js';
import { ComparePage } from './pages/compare-page.js';
import { DataPage } from './pages/data-page.js';
import { DatasetPage } from './pages/dataset-page.js';
import { DecisionsPage } from './pages/decisions-page.js';
import { DriftPage } from './pages/drift-page.js';
import { ExperimentPage } from './pages/experiment-page.js';
import { FeaturesPage } from './pages/features-page.js';
import { FeedbackPage } from './pages/feedback-page.js';
import { ModelPage } from './pages/model-page.js';
import { ModelsPage } from './pages/models-page.js';
import { OverviewPage } from './pages/overview-page.js';
import { PredictionPage } from './pages/prediction-page.js';
import { PredictionsPage } from './pages/predictions-page.js';
import { SchedulesPage } from './pages/schedules-page.js';
import { SettingsPage } from './pages/settings-page.js';
import { TrafficPage } from './pages/traffic-page.js';
import { TrainingPage } from './pages/training-page.js';
import { useProject } from './parts/use-project.js';

function OpsPage({ path }: { path: string }) {
  const [, , section = '', argument] = path.replace(/\/+$/, '').split('/');
  const id = argument === undefined ? undefined : decodeURIComponent(argument);
  switch (section) {
    case '':
      return <OverviewPage />;
    case 'experiment':
      return <ExperimentPage id={id} />;
    case 'ab-tests':
      return id === undefined ? <AbTestsPage /> : <AbTestPage key={id} id={id} />;
    case 'traffic':
      return <TrafficPage />;
    case 'approvals':
      return <ApprovalsPage />;
    case 'predictions':
      return id === undefined ? <PredictionsPage /> : <PredictionPage id={id} />;
    case 'feedback':
      return <FeedbackPage />;
    case 'batch':
      return <BatchPage />;
    case 'models':
      return id === undefined ? <ModelsPage /> : id === 'compare' ? <ComparePage /> : <ModelPage version={id} />;
    case 'data':
      return id === undefined ? <DataPage /> : <DatasetPage number={id} />;
    case 'features':
      return <FeaturesPage />;
    case 'alerts':
      return <AlertsPage />;
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
  const { project } = useProject();
  return (
    <SessionGate>
      <LiveEvents key={project} project={project}>
        <div className="ops">
          <a className="skip" href="#content">
            Skip to the page
          </a>
          <OpsNavigation path={path} />
          <OpsPage path={path} />
        </div>
      </LiveEvents>
    </SessionGate>
  );
}
