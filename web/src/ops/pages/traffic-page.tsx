import { controlPath } from '../../api/control.js';
import type { PerformanceView } from '../../api/performance.js';
import { navigate, useAddress } from '../../shared/navigation.js';
import type { Topic } from '../live/live-events.js';
import { Page } from '../parts/page.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';
import { FeedbackTable } from '../traffic/feedback-table.js';
import { TrafficCharts } from '../traffic/traffic-charts.js';

const topics: readonly Topic[] = ['predictions'];
/** The API counts anew this often. */
const EVERY_MS = 15_000;
const spans = [
  [24, 'the last 24 hours'],
  [72, 'the last 3 days'],
  [168, 'the last week'],
] as const;

/** What the models answered, how quickly, and what people said. */
export function TrafficPage() {
  const { project, href } = useProject();
  const { query } = useAddress();
  const hours = spans.find(([count]) => String(count) === query.get('hours'))?.[0] ?? 24;
  const performance = useControl<PerformanceView>(
    controlPath('monitoring/metrics', { project, hours }),
    topics,
    EVERY_MS,
  );
  return (
    <Page title="Traffic" lead="What the models answered, how quickly, and what people said.">
      <label className="chooser">
        Show
        <select value={hours} onChange={(event) => navigate(href(`/ops/traffic?hours=${event.target.value}`))}>
          {spans.map(([count, name]) => (
            <option key={count} value={count}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Loaded what="The traffic" resource={performance}>
        {({ hours: served, feedback, unit, task }) =>
          served.length === 0 ? (
            <Empty>No predictions in this time. Ask for one, or play users with npm run traffic.</Empty>
          ) : (
            <>
              <TrafficCharts hours={served} unit={unit} task={task} />
              <section className="card">
                <h2>Feedback</h2>
                <FeedbackTable feedback={feedback} unit={unit} task={task} />
              </section>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
