import { controlPath, type ExperimentView as Experiment, type Page as ListPage } from '../../api/control.js';
import { navigate } from '../../shared/navigation.js';
import { DeliveryNote } from '../delivery/delivery-note.js';
import { useDelivery } from '../delivery/use-delivery.js';
import { ExperimentView } from '../experiment/experiment-view.js';
import type { Topic } from '../live/live-events.js';
import { Page } from '../parts/page.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['experiments', 'approvals'];

/** The experiment that runs, or any earlier one. */
export function ExperimentPage({ id }: { id: string | undefined }) {
  const { project, href } = useProject();
  const list = useControl<ListPage<Experiment>>(controlPath('experiments', { project }), topics);
  const delivery = useDelivery(project);
  return (
    <Page title="Experiment" lead="The candidate beside the model in production, judged by real users every hour.">
      <DeliveryNote delivery={delivery} />
      <Loaded what="Experiments" resource={list}>
        {({ items }) => {
          const chosen = id === undefined ? items[0] : items.find((experiment) => String(experiment.id) === id);
          if (items.length === 0) {
            return <Empty>No experiment yet. One begins when a candidate has been trained and deployed.</Empty>;
          }
          return (
            <>
              <label className="chooser">
                Experiment
                <select
                  value={chosen?.id ?? ''}
                  onChange={(event) => navigate(href(`/ops/experiment/${event.target.value}`))}
                >
                  {chosen === undefined && <option value="">choose one</option>}
                  {items.map((experiment) => (
                    <option key={experiment.id} value={experiment.id}>
                      No. {experiment.id}: {experiment.candidate_version} against {experiment.production_version} (
                      {experiment.outcome ?? experiment.state})
                    </option>
                  ))}
                </select>
              </label>
              {chosen === undefined ? (
                <Empty>There is no experiment no. {id} among the latest.</Empty>
              ) : (
                <ExperimentView
                  key={chosen.id}
                  experiment={chosen}
                  deliveryOff={delivery?.off}
                  onChanged={list.reload}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
