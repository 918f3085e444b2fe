import { useMemo } from 'react';
import { type DriftReportView, verdictOf } from '../../api/drift.js';
import { formatTime } from '../../shared/format.js';
import { type Line, TimeChart } from '../charts/time-chart.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';

const ALERT_SCORE = 0.3;

/** The drift score day by day. @param reports newest first */
export function DriftHistory({ reports }: { reports: readonly DriftReportView[] }) {
  const { times, lines } = useMemo(() => {
    const ordered = reports.toReversed();
    const drawn: Line[] = [
      { name: 'Drift score', color: 'candidate', values: ordered.map(({ score }) => score) },
      { name: 'Alert', color: 'ink', dashed: true, values: ordered.map(() => ALERT_SCORE) },
    ];
    return { times: ordered.map(({ window_end }) => window_end), lines: drawn };
  }, [reports]);
  return (
    <section className="card">
      <h2>Over time</h2>
      {reports.length > 1 && (
        <TimeChart
          times={times}
          lines={lines}
          summary="Drift score of each report; the same numbers are in the table."
        />
      )}
      <DataTable
        caption="Drift reports"
        rows={reports}
        rowKey={({ id }) => id}
        columns={[
          { name: 'Window until', cell: ({ window_end: end }) => formatTime(end) },
          { name: 'Verdict', cell: (report) => <StateBadge state={verdictOf(report)} /> },
          { name: 'Score', numeric: true, cell: ({ score }) => (score === null ? '–' : score.toFixed(3)) },
          { name: 'Predictions', numeric: true, cell: ({ rows }) => rows.toLocaleString('en-IN') },
          { name: 'Model', cell: ({ model_version: version }) => version },
        ]}
      />
    </section>
  );
}
