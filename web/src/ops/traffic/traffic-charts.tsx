import { useMemo } from 'react';
import type { HourView, PerformanceView } from '../../api/performance.js';
import { HelpLink } from '../../help/help-link.js';
import type { TopicName } from '../../help/topics.js';
import { type Line, TimeChart } from '../charts/time-chart.js';
import { hourlySeries } from './hourly-series.js';

interface Drawn {
  readonly title: string;
  readonly hint: string;
  readonly measure: (hour: HourView) => number;
  readonly sum: boolean;
  readonly help?: TopicName;
}

const service: readonly Drawn[] = [
  { title: 'Requests an hour', hint: 'Answered predictions.', measure: ({ requests }) => requests, sum: true },
  {
    title: 'Median latency, ms',
    hint: 'Half of the answers were quicker. Measured in the service.',
    measure: ({ p50_latency_ms: ms }) => ms,
    sum: false,
    help: 'latency',
  },
  {
    title: '95th percentile latency, ms',
    hint: 'One answer in twenty was slower.',
    measure: ({ p95_latency_ms: ms }) => ms,
    sum: false,
    help: 'latency',
  },
];

const meanEstimate = (unit: string): Drawn => ({
  title: `Mean estimate, ${unit}`,
  hint: 'What the models say on average: two lines apart mean that they disagree.',
  measure: ({ mean_prediction: mean }) => mean,
  sum: false,
});

function HourlyChart({ hours, chart }: { hours: readonly HourView[]; chart: Drawn }) {
  const { times, lines } = useMemo(() => {
    const { times: at, values } = hourlySeries(hours, chart.measure, chart.sum);
    const both: Line[] = [
      { name: 'Production', color: 'production', values: values.production },
      { name: 'Candidate', color: 'candidate', values: values.candidate },
    ];
    return { times: at, lines: both };
  }, [hours, chart]);
  return (
    <section className="card">
      <h2>
        {chart.title} {chart.help !== undefined && <HelpLink topic={chart.help} />}
      </h2>
      <p className="hint">{chart.hint}</p>
      <TimeChart times={times} lines={lines} summary={`${chart.title} of production and candidate, hour by hour.`} />
    </section>
  );
}

type TrafficChartsProps = Pick<PerformanceView, 'hours' | 'unit' | 'task'>;

/** Requests and latency of both variants by the hour, and what they say on average where that is a number. */
export function TrafficCharts({ hours, unit, task }: TrafficChartsProps) {
  const drawn = useMemo(() => (task === 'classification' ? service : [...service, meanEstimate(unit)]), [unit, task]);
  return (
    <div className="side-by-side">
      {drawn.map((chart) => (
        <HourlyChart key={chart.title} hours={hours} chart={chart} />
      ))}
    </div>
  );
}
