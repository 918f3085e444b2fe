import { type UploadView, withdrawUpload } from '../../api/datasets.js';
import { formatCount } from '../../shared/format.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import type { Pages } from '../parts/use-pages.js';

/** The latest that is not withdrawn is what a training reads. */
function stateOf(upload: UploadView, all: readonly UploadView[]): string {
  if (upload.withdrawn_at !== null) return 'withdrawn';
  return all.find(({ withdrawn_at: withdrawn }) => withdrawn === null)?.id === upload.id ? 'in use' : 'earlier';
}

/** Raw files that were uploaded. */
export function UploadTable({ project, pages }: { project: string; pages: Pages<UploadView> }) {
  return (
    <PagedTable
      what="Uploads"
      pages={pages}
      rowKey={({ id }) => id}
      empty="Nothing was uploaded. Trainings read the project’s own file or generated data."
      columns={[
        { name: 'File', cell: ({ file_name: name }) => name },
        { name: 'State', cell: (upload) => <StateBadge state={stateOf(upload, pages.items)} /> },
        { name: 'Raw rows', numeric: true, cell: ({ raw_rows: rows }) => formatCount(rows) },
        { name: 'Left', numeric: true, cell: ({ rows }) => formatCount(rows) },
        { name: 'By', cell: ({ actor }) => actor },
        { name: 'When', cell: ({ created_at: at }) => <Moment at={at} dated /> },
        {
          name: 'Change',
          cell: ({ id, file_name: name, withdrawn_at: withdrawn }) =>
            withdrawn === null && (
              <ActionButton
                label="Withdraw …"
                title={`Withdraw ${name}?`}
                consequence={
                  <p>
                    Trainings read what was there before it. Models and snapshots that were made of it stay as they are.
                  </p>
                }
                confirm="Withdraw"
                done="Withdrawn."
                act={() => withdrawUpload(project, id)}
                onDone={pages.reload}
              />
            ),
        },
      ]}
    />
  );
}
