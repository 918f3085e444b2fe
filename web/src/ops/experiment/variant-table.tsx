import type { DecisionView, ExperimentView, VariantView } from '../../api/control.js';
import { formatCount, formatMs, formatShare } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { judgedWords, upperFirst } from './judged-words.js';

type Measure = readonly [name: string, read: (variant: VariantView) => string];

function when(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}

const stars: Measure = [
  '1, 2, 3, 4, 5 stars',
  ({ rating_counts: counts }) => counts?.map(formatCount).join('\u2009·\u2009') ?? '–',
];

const judged = ({ judged_by: judgedBy }: ExperimentView): readonly Measure[] => [
  ['Score', ({ score }) => when(score, (value) => value.toFixed(3))],
  [
    upperFirst(judgedWords(judgedBy).mean),
    ({ mean_rating: mean }) => when(mean, (value) => `${value.toFixed(2)} of 5`),
  ],
  [`${upperFirst(judgedWords(judgedBy).many)} told`, ({ ratings }) => formatCount(ratings)],
  ...(judgedBy === 'labels' ? [] : [stars]),
];

const service: readonly Measure[] = [
  ['Mean latency', ({ mean_latency_ms: mean }) => when(mean, formatMs)],
  ['95th percentile latency', ({ p95_latency_ms: p95 }) => when(p95, formatMs)],
  ['Requests', ({ requests }) => formatCount(requests)],
  ['Users', ({ users }) => formatCount(users)],
  ['Error rate', ({ error_rate: rate }) => when(rate, formatShare)],
];

/** Both variants' numbers at a decision, side by side. */
export function VariantTable({ decision, experiment }: { decision: DecisionView; experiment: ExperimentView }) {
  const { production, candidate } = decision.evaluation;
  return (
    <DataTable
      caption="The two variants"
      rows={[...judged(experiment), ...service]}
      rowKey={([name]) => name}
      columns={[
        { name: 'Measure', cell: ([name]) => name },
        { name: `Production ${experiment.production_version}`, numeric: true, cell: ([, read]) => read(production) },
        { name: `Candidate ${experiment.candidate_version}`, numeric: true, cell: ([, read]) => read(candidate) },
      ]}
    />
  );
}
