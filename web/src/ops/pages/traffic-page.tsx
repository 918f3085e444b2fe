import { controlPath } from '../../api/control.js';
import type { PerformanceView } from '../../api/performance.js';
import { formatCount, formatNumber } from '../../shared/format.js';
import { navigate, useAddress } from '../../shared/navigation.js';
import type { Topic } from '../live/live-events.js';
import { DataTable } from '../parts/data-table.js';
import { Page } from '../parts/page.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';
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
        {({ hours: served, feedback, unit }) =>
          served.length === 0 ? (
            <Empty>No predictions in this time. Ask for a price, or play users with npm run traffic.</Empty>
          ) : (
            <>
              <TrafficCharts hours={served} />
              <section className="card">
                <h2>Feedback</h2>
                <DataTable
                  caption="Feedback"
                  rows={feedback}
                  rowKey={({ variant, model_version: version }) => `${variant} ${version}`}
                  columns={[
                    { name: 'Model', cell: ({ model_version: version }) => version },
                    { name: 'As', cell: ({ variant }) => variant },
                    { name: 'Ratings', numeric: true, cell: ({ ratings }) => formatCount(ratings) },
                    {
                      name: 'Mean rating',
                      numeric: true,
                      cell: ({ mean_rating: mean }) => (mean === null ? '–' : `${mean.toFixed(2)} of 5`),
                    },
                    { name: 'Real prices told', numeric: true, cell: ({ actual_prices: n }) => formatCount(n) },
                    {
                      name: `Mean error, ${unit}`,
                      numeric: true,
                      cell: ({ mean_absolute_error: error }) => (error === null ? '–' : formatNumber(error)),
                    },
                    { name: 'Comments', numeric: true, cell: ({ comments }) => formatCount(comments) },
                  ]}
                />
              </section>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
