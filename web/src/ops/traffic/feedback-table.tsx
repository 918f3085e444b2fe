import type { FeedbackTotals, PerformanceView } from '../../api/performance.js';
import { formatCount, formatNumber, formatShare } from '../../shared/format.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Empty } from '../parts/states.js';

interface FeedbackTableProps {
  readonly feedback: readonly FeedbackTotals[];
  readonly unit: string;
  readonly task: PerformanceView['task'];
}

type Told = readonly Column<FeedbackTotals>[];

const stars: Told = [
  { name: 'Ratings', numeric: true, cell: ({ ratings }) => formatCount(ratings) },
  {
    name: 'Mean rating',
    numeric: true,
    cell: ({ mean_rating: mean }) => (mean === null ? '–' : `${mean.toFixed(2)} of 5`),
  },
];

const classes: Told = [
  { name: 'True classes told', numeric: true, cell: ({ actual_classes: n = 0 }) => formatCount(n) },
  {
    name: 'Predicted right',
    numeric: true,
    cell: ({ share_right: share }) => (share == null ? '–' : formatShare(share)),
  },
];

const prices = (unit: string): Told => [
  { name: 'Real prices told', numeric: true, cell: ({ actual_prices: n }) => formatCount(n) },
  {
    name: `Mean error, ${unit}`,
    numeric: true,
    cell: ({ mean_absolute_error: error }) => (error === null ? '–' : formatNumber(error)),
  },
];

/** What people said of each version, and how right it was where the truth is known. */
export function FeedbackTable({ feedback, unit, task }: FeedbackTableProps) {
  if (feedback.length === 0) return <Empty>Nobody has said anything in this time.</Empty>;
  return (
    <DataTable
      caption="Feedback"
      rows={feedback}
      rowKey={({ variant, model_version: version }) => `${variant} ${version}`}
      columns={[
        { name: 'Model', cell: ({ model_version: version }) => version },
        { name: 'As', cell: ({ variant }) => variant },
        // stars on a class are rare, and count nowhere
        ...(task === 'classification' ? classes : [...stars, ...prices(unit)]),
        { name: 'Comments', numeric: true, cell: ({ comments }) => formatCount(comments) },
      ]}
    />
  );
}
