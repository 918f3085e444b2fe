import { controlPath } from '../../api/control.js';
import { type FeedbackEntry, feedbackWords } from '../../api/predictions.js';
import { formatNumber } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import type { Topic } from '../live/live-events.js';
import { type Filter, FilterForm, useFilters } from '../parts/filter-form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['predictions'];
const filters: readonly Filter[] = [
  { name: 'type', label: 'Kind', choices: ['rating', 'accuracy', 'actual_price', 'actual_class', 'comment'] },
  { name: 'variant', label: 'Variant', choices: ['production', 'candidate'] },
  { name: 'model_version', label: 'Model version' },
  { name: 'prediction_id', label: 'Prediction no.' },
];

/** What people said, to be searched. */
export function FeedbackPage() {
  const { project, href } = useProject();
  const wanted = useFilters(filters);
  const pages = usePages<FeedbackEntry>(controlPath('feedback', { project, limit: 100, ...wanted }), 0, topics);
  return (
    <Page title="Feedback" lead="What people said of predictions, answers they changed or took back later among them.">
      <FilterForm path="/ops/feedback" filters={filters} />
      <section className="card">
        <PagedTable
          what="Feedback"
          pages={pages}
          rowKey={({ id }) => id}
          empty="Nobody has said anything like that. Visitors rate on the price page, services with POST /api/feedback."
          columns={[
            { name: 'When', cell: ({ created_at: at }) => <Moment at={at} dated /> },
            { name: 'Kind', cell: ({ type }) => type.replaceAll('_', ' ') },
            { name: 'Said', wide: true, cell: ({ type, value }) => feedbackWords(type, value) },
            {
              name: 'Of',
              cell: ({ prediction_id: id }) => <Link href={href(`/ops/predictions/${id}`)}>no. {id}</Link>,
            },
            { name: 'Prediction', numeric: true, cell: ({ prediction }) => formatNumber(prediction) },
            { name: 'Model', cell: ({ model_version: version }) => version },
            {
              name: 'State',
              cell: ({ superseded_at: replaced }) => <StateBadge state={replaced === null ? 'holds' : 'no longer'} />,
            },
          ]}
        />
      </section>
    </Page>
  );
}
