import { type DriftReportView, verdictOf } from '../../api/drift.js';
import { HelpLink } from '../../help/help-link.js';
import { formatCount } from '../../shared/format.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { StateBadge } from '../parts/state-badge.js';
import { ConceptTable } from './concept-table.js';
import { DistributionTable } from './distribution-table.js';
import { Histogram } from './histogram.js';
import { IndicatorTable } from './indicator-table.js';
import { QualityTable } from './quality-table.js';

/** One report: the plain readings, and the evidence beside them. */
export function DriftReport({ report }: { report: DriftReportView }) {
  const { drift_indicators: indicators = {}, features = [], prediction, data_quality: quality = [] } = report.report;
  const { concept = [], reason } = report.report;
  const distributions = prediction === undefined ? features : [...features, prediction];
  const drawn = distributions.filter(({ histogram = [] }) => histogram.length > 0);
  return (
    <>
      <FigureList
        figures={[
          { name: 'Verdict', value: <StateBadge state={verdictOf(report)} /> },
          {
            name: 'Drift score',
            value: report.score === null ? '–' : report.score.toFixed(3),
            hint: '0 = the same, alert above 0.3',
            help: 'drift',
          },
          { name: 'Predictions', value: formatCount(report.rows), hint: 'in the window' },
          { name: 'Model', value: report.model_version },
          { name: 'Checked', value: <Moment at={report.created_at} /> },
        ]}
      />
      {reason !== undefined && <p>{reason}</p>}
      {drawn.length > 0 && (
        <section className="card">
          <h2>In training and now</h2>
          <p className="legend" aria-hidden="true">
            <span data-side="reference">in training</span> <span data-side="current">now</span>
          </p>
          <div className="histograms">
            {drawn.map(({ name, histogram = [] }) => (
              <Histogram key={name} name={name.replaceAll('_', ' ')} bins={histogram} />
            ))}
          </div>
        </section>
      )}
      <section className="card">
        <h2>
          Distributions <HelpLink topic="distributions" />
        </h2>
        <p className="hint">
          A feature drifts when its test is significant (p, adjusted for the number of features, below 0.05) and the
          change is large enough to matter (effect at or above its line).
        </p>
        <DistributionTable rows={distributions} />
      </section>
      <section className="card">
        <h2>Means</h2>
        <p className="hint">Distance of the mean now from the mean in training; above 20 % it counts as drift.</p>
        <IndicatorTable indicators={indicators} />
      </section>
      <section className="card">
        <h2>Is the model still right?</h2>
        <p className="hint">Its error against true values that people told, and how its predictions are rated.</p>
        <ConceptTable rows={concept} />
      </section>
      <section className="card">
        <h2>Data quality</h2>
        <p className="hint">Share of values that the model cannot use as they are, now and in training.</p>
        <QualityTable rows={quality} />
      </section>
    </>
  );
}
