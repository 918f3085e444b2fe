import type { DriftReportView } from '../../api/control.js';
import { formatCount, formatNumber } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

/** The mean of each feature against the training data, in percent of the latter. */
export function DriftReport({ report }: { report: DriftReportView }) {
  const indicators = Object.entries(report.report.drift_indicators ?? {});
  return (
    <>
      <FigureList
        figures={[
          { name: 'Verdict', value: <StateBadge state={report.drifted ? 'drift' : 'no drift'} /> },
          {
            name: 'Drift score',
            value: report.score === null ? '–' : report.score.toFixed(3),
            hint: '0 = the same, alert above 0.3',
          },
          { name: 'Predictions', value: formatCount(report.rows), hint: 'in the window' },
          { name: 'Model', value: report.model_version },
          { name: 'Checked', value: <Moment at={report.created_at} /> },
        ]}
      />
      <section className="card">
        <h2>By feature</h2>
        <p className="hint">Distance of the mean now from the mean in training, in percent of the latter.</p>
        {indicators.length === 0 ? (
          <Empty>Too few predictions in this window to compare.</Empty>
        ) : (
          <DataTable
            caption="Drift by feature"
            rows={indicators}
            rowKey={([name]) => name}
            columns={[
              { name: 'Feature', cell: ([name]) => name.replaceAll('_', ' ') },
              {
                name: 'Moved by',
                numeric: true,
                cell: ([, { drift_percentage: percent }]) => (percent === null ? '–' : `${formatNumber(percent)} %`),
              },
              {
                name: 'Reading',
                cell: ([, { significant_drift: drifted }]) => <StateBadge state={drifted ? 'drift' : 'no drift'} />,
              },
            ]}
          />
        )}
      </section>
    </>
  );
}
