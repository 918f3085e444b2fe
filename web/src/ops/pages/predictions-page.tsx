import { controlPath } from '../../api/control.js';
import { feedbackWords, type PredictionView } from '../../api/predictions.js';
import { formatMs, formatNumber } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { type Filter, FilterForm, useFilters } from '../parts/filter-form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const filters: readonly Filter[] = [
  { name: 'variant', label: 'Variant', choices: ['production', 'candidate'] },
  { name: 'model_version', label: 'Model version' },
  { name: 'user_id', label: 'User' },
  { name: 'request_id', label: 'Request id' },
];

const inputWords = (input: PredictionView['input']): string =>
  Object.values(input)
    .filter((value) => value !== null)
    .map(String)
    .join(' · ');

/** Every answer that was given, to be searched. */
export function PredictionsPage() {
  const { project, href } = useProject();
  const wanted = useFilters(filters);
  const pages = usePages<PredictionView>(controlPath('predictions', { project, limit: 100, ...wanted }));
  return (
    <Page
      title="Predictions"
      lead="Every answer that was given, newest first, with what was said of it."
      actions={
        <button type="button" onClick={pages.reload}>
          Load the newest
        </button>
      }
    >
      <FilterForm path="/ops/predictions" filters={filters} />
      <section className="card">
        <PagedTable
          what="Predictions"
          pages={pages}
          rowKey={({ id }) => id}
          empty="No prediction like that. Without a filter, every answer of the service is here."
          columns={[
            { name: 'No.', cell: ({ id }) => <Link href={href(`/ops/predictions/${id}`)}>{id}</Link> },
            { name: 'When', cell: ({ created_at: at }) => <Moment at={at} dated /> },
            { name: 'Prediction', numeric: true, cell: ({ prediction }) => formatNumber(prediction) },
            { name: 'Model', cell: ({ model_version: version, shadow }) => (shadow ? `${version} (shadow)` : version) },
            { name: 'Asked', wide: true, cell: ({ input }) => inputWords(input) },
            { name: 'Latency', numeric: true, cell: ({ latency_ms: ms }) => formatMs(ms) },
            {
              name: 'Said',
              wide: true,
              cell: ({ feedback }) => feedback.map(({ type, value }) => feedbackWords(type, value)).join('; ') || '–',
            },
          ]}
        />
      </section>
    </Page>
  );
}
