import { controlPath } from '../../api/control.js';
import type { DatasetDetail } from '../../api/datasets.js';
import { HelpLink } from '../../help/help-link.js';
import { formatCount } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { CleaningReport } from '../data/cleaning-report.js';
import { ColumnTable } from '../data/column-table.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

/** One snapshot: what is in it and how it came to be. */
export function DatasetPage({ number }: { number: string }) {
  const { project, href } = useProject();
  const dataset = useControl<DatasetDetail>(controlPath(`datasets/${encodeURIComponent(number)}`, { project }));
  return (
    <Page title={`Snapshot ${number}`} lead={<Link href={href('/ops/data')}>All data</Link>}>
      <Loaded what="The snapshot" resource={dataset}>
        {({ key, rows, sha256, created_at: at, profile }) => (
          <>
            <FigureList
              figures={[
                { name: 'File', value: key.split('/').at(-1) },
                { name: 'Rows', value: formatCount(rows) },
                { name: 'Made', value: <Moment at={at} /> },
                { name: 'SHA-256', value: <code title={sha256}>{sha256.slice(0, 12)}</code> },
              ]}
            />
            <section className="card">
              <h2>
                Cleaning <HelpLink topic="cleaning" />
              </h2>
              <CleaningReport profile={profile} />
            </section>
            <section className="card">
              <h2>Columns</h2>
              <ColumnTable profile={profile} />
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
