import type { ReactNode } from 'react';
import { controlPath } from '../../api/control.js';
import type { LineageView } from '../../api/models.js';
import { formatCount } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

interface Node {
  readonly key: string;
  readonly kind: string;
  readonly content: ReactNode;
}

function Stage({ name, nodes }: { name: string; nodes: readonly Node[] }) {
  if (nodes.length === 0) return null;
  return (
    <li>
      <p className="hint">{name}</p>
      <ul>
        {nodes.map(({ key, kind, content }) => (
          <li key={key} className="lineage-node" data-kind={kind}>
            {content}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Where a version came from and what became of it, from left to right. */
export function LineageGraph({ version }: { version: string }) {
  const { project, href } = useProject();
  const path = controlPath(`models/${encodeURIComponent(version)}/lineage`, { project });
  const lineage = useControl<LineageView>(path);
  const model = (name: string) => <Link href={href(`/ops/models/${name}`)}>{name}</Link>;
  return (
    <Loaded what="The lineage" resource={lineage}>
      {({ dataset, run, parent, children, experiments, code_revision: code }) => (
        <ol className="lineage" aria-label={`Lineage of ${version}`}>
          <Stage
            name="made from"
            nodes={[
              ...(dataset === null
                ? []
                : [
                    {
                      key: 'data',
                      kind: 'data',
                      content: (
                        <>
                          <Link href={href(`/ops/data/${dataset.number}`)}>{dataset.key.split('/').at(-1)}</Link>
                          <span className="hint">
                            {formatCount(dataset.rows)} rows
                            {dataset.feedback_rows > 0 && `, ${formatCount(dataset.feedback_rows)} reported`}
                          </span>
                        </>
                      ),
                    },
                  ]),
              ...(parent === null ? [] : [{ key: 'parent', kind: 'model', content: model(parent) }]),
            ]}
          />
          <Stage
            name="by"
            nodes={
              run === null
                ? []
                : [
                    {
                      key: 'run',
                      kind: 'run',
                      content: (
                        <>
                          <span>{run.cause ?? 'a run'}</span>
                          <span className="hint">
                            {run.status}
                            {code !== null && `, code ${code.slice(0, 10)}`}
                          </span>
                        </>
                      ),
                    },
                  ]
            }
          />
          <Stage name="this version" nodes={[{ key: 'self', kind: 'self', content: <strong>{version}</strong> }]} />
          <Stage
            name="judged in"
            nodes={experiments.map(({ id, role, other, outcome, state }) => ({
              key: `experiment ${id}`,
              kind: 'experiment',
              content: (
                <>
                  <Link href={href(`/ops/experiment/${id}`)}>Experiment {id}</Link>
                  <span className="hint">
                    as {role}, against {other}: {(outcome ?? state).replaceAll('_', ' ')}
                  </span>
                </>
              ),
            }))}
          />
          <Stage
            name="became"
            nodes={children.map((child) => ({ key: child, kind: 'model', content: model(child) }))}
          />
        </ol>
      )}
    </Loaded>
  );
}
