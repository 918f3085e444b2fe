import { useCallback } from 'react';
import { type ModelView, rollBack } from '../../api/control.js';
import { fetchModel } from '../../api/models.js';
import { HelpLink } from '../../help/help-link.js';
import { formatShare } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { useResource } from '../../shared/use-resource.js';
import { AmountBars } from '../charts/amount-bars.js';
import { DeliveryNote } from '../delivery/delivery-note.js';
import { useDelivery } from '../delivery/use-delivery.js';
import { GateTable } from '../models/gate-table.js';
import { LineageGraph } from '../models/lineage-graph.js';
import { ModelFiles } from '../models/model-files.js';
import { ModelNotes } from '../models/model-notes.js';
import { ActionButton } from '../parts/action-button.js';
import { Facts } from '../parts/facts.js';
import { FigureList } from '../parts/figure-list.js';
import { isMeasure, metricHelp, metricName, metricValue } from '../parts/model-metrics.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty, Loaded } from '../parts/states.js';
import { useProject } from '../parts/use-project.js';

const present = (values: ModelView['metrics'] | null | undefined): [string, number][] =>
  Object.entries(values ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number');

/** One version: how good it is, what it looks at, where it came from. */
export function ModelPage({ version }: { version: string }) {
  const { project, href } = useProject();
  const load = useCallback((signal: AbortSignal) => fetchModel(project, version, signal), [project, version]);
  const model = useResource(load);
  const delivery = useDelivery(project);
  const seen = model.data?.value;
  const importances = present(seen?.importances);
  const training = Object.fromEntries(present(seen?.metrics).filter(([key]) => !isMeasure(key)));
  return (
    <Page
      title={`Model ${version}`}
      lead={<Link href={href('/ops/models')}>All models</Link>}
      actions={
        seen?.kind === 'BO' &&
        seen.state === 'retired' && (
          <ActionButton
            label="Roll back to this …"
            title={`Roll back to ${version}?`}
            consequence={
              <p>
                {version} serves all production traffic within seconds, in place of the present version, which is kept.
              </p>
            }
            confirm="Roll back"
            done="The roll back has begun."
            off={delivery?.off}
            act={() => rollBack(project, version)}
            onDone={model.reload}
          />
        )
      }
    >
      <DeliveryNote delivery={delivery} />
      <Loaded what="The model" resource={model}>
        {({ value: found, etag }) => (
          <>
            <FigureList
              figures={[
                { name: 'State', value: <StateBadge state={found.state} /> },
                ...present(found.metrics)
                  .filter(([key]) => isMeasure(key))
                  .map(([key, value]) => ({
                    name: metricName(key),
                    value: metricValue(key, value),
                    help: metricHelp(key),
                  })),
                { name: 'Trained', value: <Moment at={found.created_at} /> },
              ]}
            />
            <ModelNotes project={project} model={found} etag={etag} onChanged={model.reload} />
            <section className="card">
              <h2>Lineage</h2>
              <LineageGraph version={version} />
            </section>
            <section className="card">
              <h2>
                Gates <HelpLink topic="gates" />
              </h2>
              <GateTable gates={found.gates} />
            </section>
            <div className="side-by-side">
              <section className="card">
                <h2>
                  What it looks at <HelpLink topic="importance" />
                </h2>
                {importances.length === 0 ? (
                  <Empty>No importances were stored with this version.</Empty>
                ) : (
                  <AmountBars amounts={importances} format={formatShare} />
                )}
              </section>
              <section className="card">
                <h2>Where it came from</h2>
                <Facts
                  facts={{
                    parentVersion: found.parent_version,
                    datasetNumber: found.dataset_number,
                    ...found.lineage,
                    ...training,
                  }}
                />
              </section>
              <section className="card">
                <h2>Hyperparameters</h2>
                <Facts facts={found.hyperparameters} />
              </section>
              <section className="card">
                <h2>Files</h2>
                <ModelFiles project={project} model={found} />
              </section>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}
