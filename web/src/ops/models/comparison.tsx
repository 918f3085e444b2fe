import { controlPath } from '../../api/control.js';
import type { ComparisonView } from '../../api/models.js';
import { formatNumber, formatShare } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { metricName, metricValue } from '../parts/model-metrics.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { PairTable } from './pair-table.js';

const written = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const asked = (input: Readonly<Record<string, unknown>>) =>
  Object.values(input)
    .filter((value) => value !== null)
    .map(String)
    .join(' · ');

/** Two versions side by side. */
export function Comparison({ project, a, b }: { project: string; a: string; b: string }) {
  const comparison = useControl<ComparisonView>(controlPath('models/compare', { project, a, b }));
  const names = [a, b] as const;
  return (
    <Loaded what="The comparison" resource={comparison}>
      {({ metrics, hyperparameters, importances, schema, predictions }) => (
        <>
          {!schema.same && (
            <p className="notice">
              They do not read the same: only {a} reads {schema.only_a.join(', ') || 'nothing else'}, only {b} reads{' '}
              {schema.only_b.join(', ') || 'nothing else'}.
            </p>
          )}
          <div className="side-by-side">
            <section className="card">
              <h2>Measures</h2>
              <PairTable
                caption="Measures"
                names={names}
                pairs={metrics}
                label={metricName}
                write={(value, name) => metricValue(name, value)}
              />
            </section>
            <section className="card">
              <h2>Importances</h2>
              <PairTable caption="Importances" names={names} pairs={importances} write={formatShare} />
            </section>
          </div>
          <section className="card">
            <h2>Hyperparameters</h2>
            <PairTable caption="Hyperparameters" names={names} pairs={hyperparameters} write={written} />
          </section>
          <section className="card">
            <h2>The same rows</h2>
            {predictions.mean_absolute_difference !== null && (
              <p>
                On average they are {formatNumber(predictions.mean_absolute_difference)} {predictions.unit} apart, at
                most {formatNumber(predictions.largest_difference ?? 0)}.
              </p>
            )}
            <DataTable
              caption="Predictions for the same rows"
              rows={predictions.rows}
              rowKey={({ input }) => JSON.stringify(input)}
              columns={[
                { name: 'Asked', wide: true, cell: ({ input }) => asked(input) },
                { name: a, numeric: true, cell: (row) => formatNumber(row.a) },
                { name: b, numeric: true, cell: (row) => formatNumber(row.b) },
                { name: 'Difference', numeric: true, cell: (row) => formatNumber(row.b - row.a) },
              ]}
            />
          </section>
        </>
      )}
    </Loaded>
  );
}
