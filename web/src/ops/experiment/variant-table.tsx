import type { DecisionView, ExperimentView } from '../../api/control.js';
import { formatCount, formatMs, formatShare } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';

type Format = (value: number) => string;
const score: Format = (value) => value.toFixed(3);
const stars: Format = (value) => `${value.toFixed(2)} of 5`;

/** What is compared: the name, where the numbers are, and how they are written. */
const measures: readonly [name: string, key: string, format: Format][] = [
  ['Score', 'Score', score],
  ['Mean rating', 'MeanRating', stars],
  ['Ratings', 'Ratings', formatCount],
  ['Mean latency', 'MeanLatencyMs', formatMs],
  ['95th percentile latency', 'P95Ms', formatMs],
  ['Requests', 'Requests', formatCount],
  ['Users', 'Users', formatCount],
  ['Error rate', 'ErrorRate', formatShare],
  ['Share of requests rated', 'ResponseRate', formatShare],
];

/** Both variants' numbers at a decision, side by side. */
export function VariantTable({ decision, experiment }: { decision: DecisionView; experiment: ExperimentView }) {
  const { rule, evidence } = decision.evaluation;
  const numbers = { ...evidence.numbers, ...rule.numbers };
  const cell = (variant: 'production' | 'candidate', key: string, format: Format) => {
    const value = numbers[`${variant}${key}`];
    return value === null || value === undefined ? '–' : format(value);
  };
  return (
    <DataTable
      caption="The two variants"
      rows={measures.filter(([, key]) => numbers[`production${key}`] != null || numbers[`candidate${key}`] != null)}
      rowKey={([name]) => name}
      columns={[
        { name: 'Measure', cell: ([name]) => name },
        {
          name: `Production ${experiment.production_version}`,
          numeric: true,
          cell: ([, key, format]) => cell('production', key, format),
        },
        {
          name: `Candidate ${experiment.candidate_version}`,
          numeric: true,
          cell: ([, key, format]) => cell('candidate', key, format),
        },
      ]}
    />
  );
}
