import { useMemo } from 'react';
import type { HourView } from '../../api/performance.js';
import { type Line, TimeChart } from '../charts/time-chart.js';
import { hourlySeries } from './hourly-series.js';

interface Drawn {
  readonly title: string;
  readonly hint: string;
  readonly measure: (hour: HourView) => number;
  readonly sum: boolean;
}

const drawn: readonly Drawn[] = [
  { title: 'Requests an hour', hint: 'Answered predictions.', measure: ({ requests }) => requests, sum: true },
  {
    title: 'Median latency, ms',
    hint: 'Half of the answers were quicker. Measured in the service.',
    measure: ({ p50_latency_ms: ms }) => ms,
    sum: false,
  },
  {
    title: '95th percentile latency, ms',
    hint: 'One answer in twenty was slower.',
    measure: ({ p95_latency_ms: ms }) => ms,
    sum: false,
  },
  {
    title: 'Mean estimate, lakh',
    hint: 'What the models say on average: two lines apart mean that they disagree.',
    measure: ({ mean_prediction: mean }) => mean,
    sum: false,
  },
];

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
      <h2>{chart.title}</h2>
      <p className="hint">{chart.hint}</p>
      <TimeChart times={times} lines={lines} summary={`${chart.title} of production and candidate, hour by hour.`} />
    </section>
  );
}

/** Requests, latency and estimates of both variants by the hour. */
export function TrafficCharts({ hours }: { hours: readonly HourView[] }) {
  return (
    <div className="side-by-side">
      {drawn.map((chart) => (
        <HourlyChart key={chart.title} hours={hours} chart={chart} />
      ))}
    </div>
  );
}
