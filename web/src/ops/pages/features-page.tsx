import { controlPath } from '../../api/control.js';
import type { FeaturesView, FeatureView } from '../../api/features.js';
import { HelpLink } from '../../help/help-link.js';
import { formatCount, formatNumber, formatShare } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import type { Topic } from '../live/live-events.js';
import { DataTable } from '../parts/data-table.js';
import { Page } from '../parts/page.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['slots'];
const kinds: Readonly<Record<FeatureView['kind'], string>> = {
  numeric: 'number',
  ordinal: 'one of a few, in order',
  target: 'place, by what it costs there',
};

function known({ min, max, categories, most_frequent: frequent }: FeatureView): string {
  if (min !== null && max !== null) return `${formatNumber(min)} to ${formatNumber(max)}`;
  if (categories === null) return '–';
  const named = frequent === null ? '' : `: ${frequent.slice(0, 5).join(', ')}, …`;
  return `${formatCount(categories)} categories${named}`;
}

/** What the models of a project read. */
export function FeaturesPage() {
  const { project, href } = useProject();
  const features = useControl<FeaturesView>(controlPath('features', { project }), topics);
  return (
    <Page title="Features" lead="What the models read, and what the production model made of it.">
      <Loaded what="The features" resource={features}>
        {({ items, version, target }) => (
          <section className="card">
            <p>
              Predicted: <strong>{target.name.replaceAll('_', ' ')}</strong> in {target.unit}
              {version !== null && (
                <>
                  ; figures of <Link href={href(`/ops/models/${version}`)}>{version}</Link>
                </>
              )}
              . <HelpLink topic="importance" />
            </p>
            <DataTable
              caption="Features"
              rows={items}
              rowKey={({ name }) => name}
              columns={[
                { name: 'Feature', cell: ({ name }) => name.replaceAll('_', ' ') },
                { name: 'Read as', cell: ({ kind }) => kinds[kind] },
                {
                  name: 'Importance',
                  numeric: true,
                  cell: ({ importance }) => (importance === null ? '–' : formatShare(importance)),
                },
                { name: 'Known from training', wide: true, cell: known },
              ]}
            />
          </section>
        )}
      </Loaded>
    </Page>
  );
}
