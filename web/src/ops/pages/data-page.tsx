import { controlPath } from '../../api/control.js';
import type { DatasetView, UploadView } from '../../api/datasets.js';
import { HelpLink } from '../../help/help-link.js';
import { useSession } from '../../session/session-context.js';
import { formatCount } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { UploadPanel } from '../data/upload-panel.js';
import { UploadTable } from '../data/upload-table.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { PagedTable } from '../parts/paged-table.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['datasets'];

/** What models learn from: raw files in, numbered snapshots out. */
export function DataPage() {
  const { project, href } = useProject();
  const { may } = useSession();
  const snapshots = usePages<DatasetView>(controlPath('datasets', { project, limit: 50 }), 0, topics);
  const uploads = usePages<UploadView>(controlPath('datasets/uploads', { project, limit: 50 }), 0, topics);
  return (
    <Page title="Data" lead="Raw files in, numbered snapshots out. A snapshot never changes.">
      <section className="card">
        <h2>Raw data</h2>
        {may('operator') && <UploadPanel project={project} onDone={uploads.reload} />}
        <UploadTable project={project} pages={uploads} />
      </section>
      <section className="card">
        <h2>
          Snapshots <HelpLink topic="cleaning" />
        </h2>
        <PagedTable
          what="Snapshots"
          pages={snapshots}
          rowKey={({ number }) => number}
          empty="No snapshot yet: each training makes one."
          columns={[
            {
              name: 'Snapshot',
              cell: ({ key, number }) => <Link href={href(`/ops/data/${number}`)}>{key.split('/').at(-1)}</Link>,
            },
            { name: 'Rows', numeric: true, cell: ({ rows }) => formatCount(rows) },
            { name: 'SHA-256', cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code> },
            { name: 'Made', cell: ({ created_at: at }) => <Moment at={at} dated /> },
          ]}
        />
      </section>
    </Page>
  );
}
