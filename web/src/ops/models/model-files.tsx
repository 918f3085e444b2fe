import { type ModelDetail, modelFile } from '../../api/models.js';
import { formatCount } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { Empty } from '../parts/states.js';

const KILOBYTE = 1024;

type File = readonly [name: string, facts: { readonly bytes: number; readonly sha256: string }];

/** The files of a version, to take along. */
export function ModelFiles({ project, model }: { project: string; model: ModelDetail }) {
  if (model.files === null) return <Empty>Its files were deleted.</Empty>;
  return (
    <DataTable<File>
      caption="Files"
      rows={Object.entries(model.files)}
      rowKey={([name]) => name}
      columns={[
        {
          name: 'File',
          cell: ([name]) => (
            <a href={modelFile(project, model.version, name)} download>
              {name}
            </a>
          ),
        },
        { name: 'Size', numeric: true, cell: ([, { bytes }]) => `${formatCount(Math.ceil(bytes / KILOBYTE))} kB` },
        { name: 'SHA-256', cell: ([, { sha256 }]) => <code title={sha256}>{sha256.slice(0, 12)}</code> },
      ]}
    />
  );
}
